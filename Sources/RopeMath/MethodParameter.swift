/// One parameter of a scaling method: its key, kind, range and default. Validation, help and completion read it.
public struct MethodParameter: Sendable {
  public enum Kind: String, Sendable, Codable {
    case number
    case integer
    case flag
    /// A list, one entry a pair unless the summary says otherwise.
    case numbers
    case text
  }

  public enum Default: Sendable {
    /// The method cannot be used without it.
    case required
    /// May be absent; absence is a meaning of its own, given in words.
    case absent(String)
    case constant(ParameterValue)
    /// Computed from the model and the target length; the rule is given in words.
    case derived(String, @Sendable (MethodContext) -> ParameterValue?)
    /// Computed from the same and from the method's parameters that stand before it; the rule is given in words.
    case dependent(String, @Sendable (MethodContext, ParameterValues) -> ParameterValue?)
  }

  /// The field's config key where one exists.
  public let key: String
  public let kind: Kind
  /// Inclusive bounds of a number, or of each entry of a list.
  public let range: ClosedRange<Double>
  public let defaultValue: Default
  /// One line: what it does, with its unit.
  public let summary: String
  /// A stage beyond the method's own that the parameter fills where it is given.
  public let fills: PlanStage?

  public init(
    _ key: String, _ kind: Kind = .number, range: ClosedRange<Double> = -1e300...1e300, default defaultValue: Default,
    summary: String,
    fills: PlanStage? = nil
  ) {
    self.key = key
    self.kind = kind
    self.range = range
    self.defaultValue = defaultValue
    self.summary = summary
    self.fills = fills
  }

  /// The default in words, as help and tables print it.
  public var defaultDescription: String {
    switch defaultValue {
    case .required: "required"
    case .absent(let meaning): meaning
    case .constant(let value): value.description
    case .derived(let rule, _): rule
    case .dependent(let rule, _): rule
    }
  }
}

extension MethodParameter {
  /// `factor`, `s`: target over trained length, never below 1.
  public static let factor = MethodParameter(
    "factor", range: 1e-6...1e9,
    default: .derived("target length / trained length, at least 1") { .number($0.lengthRatio) },
    summary: "scale factor s")

  /// `original_max_position_embeddings`, `L0`, in tokens.
  public static let originalLength = MethodParameter(
    "original_max_position_embeddings", range: 1...Double(RotaryGeometry.largestLength),
    default: .derived("the model's trained length") { .number(Double($0.geometry.trainedLength)) },
    summary: "trained length L0 in tokens")

  /// `max_position_embeddings`: the window at which a dynamic method begins to move, in tokens.
  public static let window = MethodParameter(
    "max_position_embeddings", range: 1...Double(RotaryGeometry.largestLength),
    default: .derived("the model's trained length") { .number(Double($0.geometry.trainedLength)) },
    summary: "window in tokens beyond which the method moves")

  /// `logn`: the length that the position methods' authors' code divides the logarithm of the position by.
  public static let logn = MethodParameter(
    "logn", range: 2...Double(RotaryGeometry.largestLength), default: .absent("off"),
    summary: "multiply the query at position p by max(1, ln(p+1)/ln logn); usually the trained length",
    fills: .queryScale)

  public static let fineTuned = MethodParameter(
    "finetuned", .flag, default: .constant(.flag(false)),
    summary: "the weights were trained under the method at the window")
}

extension MethodParameter.Default {
  /// The trained length divided by a whole number, at least 1 token.
  static func trainedLength(over divisor: Int) -> MethodParameter.Default {
    let rule = divisor == 1 ? "the trained length" : "1/\(divisor) of the trained length"
    return .derived(rule) { .number(Double(max(1, $0.geometry.trainedLength / divisor))) }
  }
}
