import RopeMath

/// The phase error of keys that were cached before the frequencies changed.
///
/// Series: `worst_phase` (methods whose frequencies change within a session) against the key's position.
public enum StaleKeys: Analysis {
  public static let card = AnalysisCard(
    id: "stale-keys", title: "Phase error of stale keys", unit: "radians", xLabel: "position of the key (tokens)",
    formula: "ε(r) = max_i r·|θ′_i(L) − θ′_i(L0)|: cached at the trained length, read at the target",
    caveat:
      "What a runtime shows that keeps rotated keys; one that stores them un-rotated, or fills its cache anew, shows none of it.",
    references: [
      Reference("transformers", source: "issue 25104", url: "https://github.com/huggingface/transformers/issues/25104")
    ])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    var positions = LengthGrid.powersOfTwo(
      from: 1, to: context.trainedLength - 1, including: [max(1, context.trainedLength - 1)])
    if positions.isEmpty { positions = [1] }
    return context.subjects.compactMap { subject in
      guard subject.plan.cachedKeys.changesWithLength,
        let cached = try? subject.method.plan(length: context.trainedLength)
      else { return nil }
      let shifts = zip(subject.plan.inverseFrequencies, cached.inverseFrequencies).map { abs($0 - $1) }
      let worst = shifts.max() ?? 0
      let last = Double(positions.last ?? 1)
      return card.curve(
        "worst_phase", x: positions.map(Double.init), positions.map { Double($0) * worst }, method: subject.label,
        length: context.targetLength,
        summary: [
          .worstPhaseAtTrained: last * worst, .worstPair: shifts.firstIndex(of: worst).map(Double.init) ?? .nan,
          .pairsBeyondPi: Double(shifts.count { $0 * last > .pi }),
          .firstPairBeyondPi: shifts.firstIndex { $0 * last > .pi }.map(Double.init) ?? .nan,
        ])
    }
  }
}

extension SummaryKey {
  /// Radians; pairs beyond π, and the first of them.
  public static let worstPhaseAtTrained = Self("worst_phase_at_trained"), pairsBeyondPi = Self("pairs_beyond_pi"),
    firstPairBeyondPi = Self("first_pair_beyond_pi")
}
