import RopeMath

/// Scores that one head computes for each new token, against the length in context.
///
/// Series: `scores` (each method), with the number counted pair by pair beside it where the context is short enough.
public enum WorkPerToken: Analysis {
  public static let card = AnalysisCard(
    id: "work", title: "Work per token", unit: "scores", xLabel: "length in context (tokens)",
    formula:
      "causal n; window min(n, w); Λ-shaped min(n, global + local); landmark retrieval (own block) + ⌊(n−1)/B⌋ + k·(B−1)",
    caveat:
      "Scores needed, not time: implementations may compute masked scores and throw them away, and position maps may compute a score twice.",
    references: [.arXiv("2308.16137", "LM-Infinite", "§4.3"), .arXiv("2305.16300", "Landmark Attention", "§3.2")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    let lengths = LengthGrid.powersOfTwo(
      from: max(1, context.trainedLength / 8), to: max(context.targetLength, context.trainedLength),
      including: [context.trainedLength, context.targetLength])
    return context.subjects.map { subject in
      let plans = lengths.map { (try? subject.method.plan(length: $0)) ?? subject.plan }
      let scores = zip(plans, lengths).map { $0.scoresPerToken(length: $1) }
      let atTarget = subject.plan.scoresPerToken(length: context.targetLength)
      return card.curve(
        "scores", x: lengths.map(Double.init), scores, method: subject.label, length: context.targetLength,
        summary: [
          .scoresAtTarget: atTarget, .shareOfFullAttention: atTarget / Double(context.targetLength),
        ])
    }
  }
}

extension SummaryKey {
  /// Scores of the newest token at the target, and that over the target.
  public static let scoresAtTarget = Self("scores_at_target"), shareOfFullAttention = Self("share_of_full_attention")
}
