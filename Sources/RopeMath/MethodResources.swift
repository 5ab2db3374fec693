/// How a method comes by the files that its parameters name. The mathematics opens none itself: whoever binds a method
/// says how a file is read, and by default none is.
public struct MethodResources: Sendable {
  /// Reads the matrices whose names end with one of the suffixes.
  public typealias WeightLoader =
    @Sendable (_ path: String, _ suffixes: [String]) throws(MethodError) -> MethodWeights

  private let load: WeightLoader

  public init(weights load: @escaping WeightLoader) {
    self.load = load
  }

  public static let none = MethodResources { path, _ throws(MethodError) in
    throw MethodError(.undefined, "the weights file “\(path)” cannot be read here")
  }

  /// - Throws: `MethodError` where the file does not read, or holds no such matrices.
  public func weights(at path: String, suffixes: [String]) throws(MethodError) -> MethodWeights {
    try load(path, suffixes)
  }
}
