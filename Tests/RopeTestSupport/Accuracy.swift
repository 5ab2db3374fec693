/// Distances between floating-point numbers, for tolerances that can be stated.
public enum Accuracy {
  /// How many float32 steps lie between `value` and `reference`, measured in the reference's unit in the last place.
  public static func float32Ulps(_ value: Double, _ reference: Double) -> Double {
    if value == reference { return 0 }
    let unit = Double(Float(reference).ulp)
    return abs(value - reference) / unit
  }

  /// |value − reference| / |reference|; the absolute difference where the reference is 0.
  public static func relative(_ value: Double, _ reference: Double) -> Double {
    reference == 0 ? abs(value) : abs(value - reference) / abs(reference)
  }

  /// The worst of `error` over two equally long lists; infinite where the lengths differ.
  public static func worst(
    _ values: [Double], _ references: [Double], by error: (Double, Double) -> Double
  ) -> Double {
    guard values.count == references.count else { return .infinity }
    return zip(values, references).map(error).max() ?? 0
  }
}
