/// A named array for other programs, row by row.
public struct ExportedArray: Sendable {
  public enum Element: Sendable {
    case float32
    case float64
  }

  public let name: String
  public let shape: [Int]
  public let element: Element
  /// Little-endian.
  public let bytes: [UInt8]

  public init(name: String, shape: [Int], float32 values: [Float]) {
    self.name = name
    self.shape = shape
    element = .float32
    bytes = values.withUnsafeBytes { Array($0) }
  }

  public init(name: String, shape: [Int], float64 values: [Double]) {
    self.name = name
    self.shape = shape
    element = .float64
    bytes = values.withUnsafeBytes { Array($0) }
  }
}
