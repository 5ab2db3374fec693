/// A rotary geometry that cannot be.
public enum GeometryError: Error, Sendable, Equatable, CustomStringConvertible {
  case headDimension(Int)
  case rotaryDimension(Int, headDimension: Int)
  case base(Double)
  case trainedLength(Int)

  public var description: String {
    switch self {
    case .headDimension(let value):
      "head dimension \(value) is not possible; it must lie in 2 … \(RotaryGeometry.largestHeadDimension)"
    case .rotaryDimension(let value, let head):
      "rotary dimension \(value) is not possible; it must be even and lie in 2 … \(head), the head dimension"
    case .base(let value):
      "RoPE base \(value) is not possible; it must be a finite number above 0"
    case .trainedLength(let value):
      "trained length \(value) is not possible; it must lie in 1 … 2^40 tokens"
    }
  }
}
