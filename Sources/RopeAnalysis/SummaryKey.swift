/// The key of a one-number result, declared beside the analysis that computes it: `curve.summary[.phaseSafeLength]`.
public struct SummaryKey: Sendable, Hashable {
  /// snake_case, as files hold it.
  public let name: String

  package init(_ name: String) { self.name = name }
}

extension Collection<AnalysisSeries> {
  /// The number of a method, or of the model as trained, in the analysis of that id: of the first curve that has one.
  public func value(_ key: SummaryKey, of analysis: String, method: String) -> Double? {
    // By index: a curve is not copied to be looked at.
    for index in indices where self[index].method == method && self[index].name == analysis {
      if let value = self[index].summary[key] { return value }
    }
    return nil
  }
}
