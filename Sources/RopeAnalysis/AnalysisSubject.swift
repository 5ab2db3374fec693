import RopeMath

/// One method under study: its binding to the model and its plan at the target length.
public struct AnalysisSubject: Sendable {
  /// What tables and figures call it: the specification as given, `yarn` or `ntk:factor=2`.
  public let label: String
  public let method: BoundMethod
  /// The plan at the target length.
  public let plan: RotaryPlan

  /// - Parameter length: the target; nil for the length that the method's parameters are derived from.
  /// - Throws: `MethodError` where the method has no plan at the target.
  public init(label: String, method: BoundMethod, length: Int? = nil) throws(MethodError) {
    self.label = label
    self.method = method
    plan = try method.plan(length: length ?? method.context.targetLength)
  }
}
