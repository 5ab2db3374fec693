/// How measurements call a method whose products were rounded: `yarn:factor=2 (bfloat16)`. What was measured in float32 has
/// the method's own name.
public enum MeasuredPrecision {
  public static let whole = "float32"
  public static let rounded = "bfloat16"
  private static let names = [rounded, "float64"]

  public static func label(_ method: String, _ precision: String) -> String {
    precision == whole ? method : "\(method) (\(precision))"
  }

  /// The method's own name, and what it was computed in; nil for the precision of a name that tells none.
  public static func parts(of label: String) -> (method: String, precision: String?) {
    for precision in names where label.hasSuffix(" (\(precision))") {
      return (String(label.dropLast(precision.count + 3)), precision)
    }
    return (label, nil)
  }
}

extension Measurements {
  /// Methods that were measured both in float32 and in bfloat16, by their own names, in the order of the files.
  public var roundedMethods: [String] {
    let all = methods
    return all.filter { all.contains(MeasuredPrecision.label($0, MeasuredPrecision.rounded)) }
  }
}
