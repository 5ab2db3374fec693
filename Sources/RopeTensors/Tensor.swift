/// Numbers in a rectangular arrangement, row-major: the last axis runs fastest.
public struct Tensor<Scalar: Sendable>: Sendable {
  /// Extent of each axis; empty for a single number.
  public let shape: [Int]
  public let values: [Scalar]

  /// - Throws: `TensorError.shape` where the extents are negative or do not multiply to the number of values.
  public init(shape: [Int], values: [Scalar]) throws(TensorError) {
    guard let count = Self.count(of: shape), count == values.count else {
      throw .shape(shape, count: values.count)
    }
    self.shape = shape
    self.values = values
  }

  public var rank: Int { shape.count }

  /// The same arrangement of other numbers.
  public func converted<Other>(_ convert: (Scalar) -> Other) -> Tensor<Other> {
    Tensor<Other>(checked: shape, values.map(convert))
  }

  fileprivate init(checked shape: [Int], _ values: [Scalar]) {
    self.shape = shape
    self.values = values
  }

  /// Product of the extents; nil where one is negative, or where those that are not 0 give more than a file can hold:
  /// the product of any of them, in bytes, can then be counted.
  static func count(of shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, extent))
      guard extent >= 0, !overflow, product <= 1 << 48 else { return nil }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}

extension Tensor: Equatable where Scalar: Equatable {}
extension Tensor: Hashable where Scalar: Hashable {}
