/// Why a runtime cannot take a configuration, or cannot be told to compute what is wanted: one sentence.
public struct RuntimeRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ reason: String) { description = reason }
}
