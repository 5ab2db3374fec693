/// Why a method cannot be had as asked for: one sentence for the person who wrote the specification.
public struct MethodError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    case syntax
    case unknownMethod
    case unknownParameter
    case missingParameter
    case invalidValue
    /// The method has no meaning for this geometry or length.
    case undefined
    case incompatible
  }

  public let kind: Kind
  public let description: String
  /// The parameter at fault, where there is one.
  public let parameter: String?

  public init(_ kind: Kind, _ description: String, parameter: String? = nil) {
    self.kind = kind
    self.description = description
    self.parameter = parameter
  }
}
