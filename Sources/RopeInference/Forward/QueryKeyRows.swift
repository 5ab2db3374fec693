/// Queries or keys of some tokens in one layer, un-rotated.
public struct QueryKeyRows {
  public let heads: Int
  public let headDimension: Int
  let element: (_ row: Int, _ index: Int) -> Double

  /// Feature of a head of the token at `row`, counted from the first of the chunk.
  public func callAsFunction(row: Int, head: Int, feature: Int) -> Double {
    element(row, head * headDimension + feature)
  }
}
