/// A number for each query head, or one for all of them.
public struct HeadValues: Sendable, Hashable {
  /// One entry, or one a query head; never empty.
  public let values: [Double]

  /// The same number for every head.
  public init(_ value: Double) { values = [value] }

  /// Nil for an empty list and for one with a number that is not finite.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    self.values = values
  }

  /// Whether the number is the same for every head.
  public var isUniform: Bool { values.dropFirst().allSatisfy { $0 == values[0] } }

  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The number of query head `head`, counted from 0; a head that a longer list does not name has the first.
  public func value(head: Int) -> Double { values.indices.contains(head) ? values[head] : values[0] }

  /// Whether a model with so many query heads can be given these.
  public func fits(heads: Int) -> Bool { values.count == 1 || values.count == heads }
}

extension HeadValues: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let values = HeadValues(try container.decode([Double].self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "numbers of heads must be finite, at least one")
    }
    self = values
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}
