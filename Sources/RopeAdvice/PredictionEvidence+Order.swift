import RopeAnalysis

extension PredictionEvidence {
  /// How much speaks against each subject of a context: for every closed form that is relied on its weight, times the
  /// subjects that it finds better. Subjects that no such closed form tells apart have the same number.
  func objections(_ context: AnalysisContext) -> [Double] {
    let forms = ClosedForm.all.filter { benefit(of: $0) != 0 }
    var objections = context.subjects.map { _ in 0.0 }
    guard context.subjects.count > 1, !forms.isEmpty else { return objections }
    var ran: [any Analysis.Type] = []
    for analysis in forms.compactMap(\.analysis) where !ran.contains(where: { $0 == analysis }) { ran.append(analysis) }
    let series = ran.flatMap { $0.run(context) }
    let rows = Comparison.rows(context, series: series)
    for form in forms {
      let values = rows.map { form.value($0, in: series, length: context.targetLength) }
      // What is not known of one orders none.
      guard values.allSatisfy({ !$0.isNaN }) else { continue }
      let benefit = benefit(of: form)
      for place in values.indices {
        let better = values.count { other in Self.isLess(values[place], other, upwards: benefit > 0) }
        objections[place] += abs(benefit) * Double(better)
      }
    }
    return objections
  }

  /// Whether `value` is worse than `other`, rounding aside.
  private static func isLess(_ value: Double, _ other: Double, upwards: Bool) -> Bool {
    guard value != other else { return false }
    let gap = upwards ? other - value : value - other
    return gap > 1e-9 * max(1, min(abs(value), abs(other)))
  }
}
