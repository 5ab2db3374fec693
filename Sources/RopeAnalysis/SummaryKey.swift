/// The key of a one-number result, declared beside the analysis that computes it: `curve.summary[.phaseSafeLength]`.
public struct SummaryKey: Sendable, Hashable {
  /// snake_case, as files hold it.
  public let name: String

  package init(_ name: String) { self.name = name }
}

extension Sequence<AnalysisSeries> {
  /// The number of a method, or of the model as trained, in the analysis of that id: of the first curve that has one.
  public func value(_ key: SummaryKey, of analysis: String, method: String) -> Double? {
    lazy.filter { $0.name == analysis && $0.method == method }.compactMap { $0.summary[key] }.first
  }
}
