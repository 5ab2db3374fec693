/// A context-extension method: parameters in, a change of a plan out.
///
/// A conforming type is one file: its card, its stored parameters and its arithmetic. It joins the product by one line
/// in `MethodCatalogue`.
public protocol ScalingMethod: Sendable {
  static var card: MethodCard { get }

  /// - Parameter values: validated against the card, defaults filled in.
  /// - Throws: `MethodError` where the values contradict each other.
  init(_ values: ParameterValues) throws(MethodError)

  /// The same with the model, the target and the files at hand, for methods that prepare something from them.
  init(_ values: ParameterValues, context: MethodContext) throws(MethodError)

  /// Changes the fields that the card's stages name, at the plan's length; what earlier stages did stands in the plan.
  ///
  /// - Throws: `MethodError.undefined` where the method has no meaning for this geometry or length.
  func apply(to plan: inout RotaryPlan) throws(MethodError)
}

extension ScalingMethod {
  public init(_ values: ParameterValues, context: MethodContext) throws(MethodError) {
    try self.init(values)
  }
}
