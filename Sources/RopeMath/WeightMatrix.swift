/// Rows × columns numbers, row by row: a learned parameter of a method, as its checkpoint holds it.
public struct WeightMatrix: Sendable, Hashable {
  public let rows: Int
  public let columns: Int
  /// `rows · columns` numbers; row `i` starts at `i · columns`.
  public let values: [Double]

  /// Nil where the number of values is not `rows · columns`.
  public init?(rows: Int, columns: Int, values: [Double]) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, values.count == count else { return nil }
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// `x · W` for a row vector of `rows` numbers.
  func leftMultiplied(by vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: columns)
    for row in 0..<min(rows, vector.count) {
      let x = vector[row]
      for column in 0..<columns { result[column] += x * values[row * columns + column] }
    }
    return result
  }
}
