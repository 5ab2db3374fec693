/// Tests that are made together.
public enum Multiplicity {
  /// Holm's adjusted P values (Scand. J. Statist. 6, 65, 1979), in the order given: the i-th smallest of m times
  /// `m − i + 1`, never below a smaller one's, at most 1. Those at most α are told apart with an error α over all.
  public static func holm(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var adjusted = values, largest = 0.0
    for (rank, place) in order.enumerated() {
      largest = max(largest, min(1, Double(values.count - rank) * values[place]))
      adjusted[place] = largest
    }
    return adjusted
  }
}
