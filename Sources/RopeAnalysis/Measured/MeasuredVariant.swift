/// How measurements call a method that was run in another way than in float32 under one plan: `yarn:factor=2 (bfloat16)`,
/// `dynamic (stale keys)`. What was run plainly has the method's own name.
public enum MeasuredVariant {
  public static let whole = "float32"
  public static let rounded = "bfloat16"
  /// Keys under the plan of the length at which each was read, as a cache of rotated keys keeps them.
  public static let stale = "stale keys"
  private static let names = [rounded, "float64", stale]

  public static func label(_ method: String, _ variant: String) -> String {
    variant == whole ? method : "\(method) (\(variant))"
  }

  /// The method's own name, and how it was run; nil for a name that tells nothing of it.
  public static func parts(of label: String) -> (method: String, variant: String?) {
    for variant in names where label.hasSuffix(" (\(variant))") {
      return (String(label.dropLast(variant.count + 3)), variant)
    }
    return (label, nil)
  }
}

extension Measurements {
  /// Methods that were measured both in float32 and in bfloat16, by their own names, in the order of the files.
  public var roundedMethods: [String] {
    let all = methods
    return all.filter { all.contains(MeasuredVariant.label($0, MeasuredVariant.rounded)) }
  }
}
