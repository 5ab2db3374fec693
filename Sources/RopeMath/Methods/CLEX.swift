import RealModule

/// CLEX: frequencies that follow a learned differential equation of the length.
public struct CLEX: ScalingMethod {
  public static let card = MethodCard(
    id: "clex", title: "CLEX",
    summary: """
      Lets a small learned network say how each frequency moves as the length factor t grows; the frequencies in use \
      step at each multiple of the trained length. An untrained network (zero down-projection) is NTK(2t − 1).
      """,
    formula: """
      d ln θ′/dt = act((ln θ′ + ln θ^NTK(2t−1)) U) W + ∂ ln θ^NTK/∂t from t = 1;  t = ⌈L/L0⌉, at most max_factor
      """,
    stages: [.frequencies],
    parameters: [
      MethodParameter(
        "weights", .text, default: .required,
        summary: "safetensors file that holds ode_up_proj (m × κd) and ode_down_proj (κd × m)"),
      MethodParameter(
        "t", range: 1...largestTime, default: .absent("⌈L/L0⌉ at each length L"),
        summary: "length factor, whatever the length"),
      MethodParameter(
        "act", .text, default: .fileMetadata("act", else: .text("silu")), summary: "silu or tanh"),
      MethodParameter(
        "time_dt", range: 1e-5...1, default: .fileMetadata("time_dt", else: .number(0.01)),
        summary: "step of the solver"),
      MethodParameter(
        "max_factor", .integer, range: 1...largestTime, default: .fileMetadata("max_factor", else: .number(16)),
        summary: "largest t; beyond it the frequencies stay"),
      MethodParameter(
        "param_factor", .integer, range: 1...1024, default: .absent("as the matrices say"),
        summary: "κ: width of the hidden layer over d"),
      MethodParameter(
        "log_scale", .flag, default: .absent("off"),
        summary: "the authors' query factor ln(L)/ln(L0), the same for all queries and below 1 for short texts",
        fills: .queryScale),
      .logn,
    ],
    references: [
      .arXiv("2310.16450", "CLEX", "§3, eq. 10–14"),
      Reference("CLEX", source: "DAMO-NLP-SG/CLEX", place: "CLEX/clex_layer.py"),
    ],
    hazardClass: "K3", training: .required,
    cost: """
      Fine-tuning with random length factors (2 billion tokens in the paper); the ODE is solved once per model. Its \
      own code caches keys un-rotated, so that a step in t leaves no stale keys; a rotated cache would.
      """,
    implementers: ["DAMO-NLP-SG/CLEX (remote code)"])

  public static let largestTime = 4096.0
  private static let largestStepCount = 100_000.0

  public let trainedLength: Int
  public let fixedTime: Double?
  public let largestFactor: Double
  public let startingFrequencies: [Double]
  /// The solution that the frequencies are read from.
  public let trajectory: CLEXTrajectory
  public let lognLength: Double?
  public let scalesByLength: Bool

  public init(_ values: ParameterValues) throws(MethodError) {
    throw MethodError(.undefined, "clex cannot be had without a model: its weights belong to one")
  }

  public init(_ values: ParameterValues, context: MethodContext) throws(MethodError) {
    let geometry = context.geometry, pairs = geometry.pairCount
    guard pairs > 1 else {
      throw MethodError(.undefined, "clex has no meaning for a rotary dimension of 2: its rate divides by d − 2")
    }
    let path = values.text("weights") ?? ""
    let weights = try context.resources.weights(at: path, suffixes: ["ode_up_proj", "ode_down_proj"])
    let up = try Self.matrix("ode_up_proj", in: weights, path)
    let down = try Self.matrix("ode_down_proj", in: weights, path)
    guard up.rows == pairs, down.columns == pairs, up.columns == down.rows, up.columns > 0 else {
      throw MethodError(
        .incompatible,
        "clex: “\(path)” holds ode_up_proj \(up.rows) × \(up.columns) and ode_down_proj \(down.rows) × \(down.columns);"
          + " this model rotates \(pairs) pairs, so \(pairs) × n and n × \(pairs) are expected", parameter: "weights")
    }
    if let width = values.integer("param_factor"), up.columns != width * 2 * pairs {
      throw MethodError(
        .invalidValue,
        "clex: “param_factor” is \(width), but the hidden layer of “\(path)” is \(up.columns) wide, not"
          + " \(width * 2 * pairs)", parameter: "param_factor")
    }
    guard let activation = values.text("act").flatMap(CLEXTrajectory.Activation.init) else {
      throw MethodError(
        .invalidValue, "clex: “act” is \(values["act"]?.description ?? "missing"), expected silu or tanh",
        parameter: "act")
    }
    let step = values.number("time_dt", default: 0.01), largest = values.number("max_factor", default: 16)
    guard step > 0, largest >= 1, (largest - 1) / step <= Self.largestStepCount else {
      throw MethodError(
        .invalidValue,
        "clex: time_dt \(step.formattedShortest) needs more than 100000 steps to reach max_factor"
          + " \(largest.formattedShortest)", parameter: "time_dt")
    }
    fixedTime = values.number("t")
    guard fixedTime ?? 1 <= largest else {
      throw MethodError(
        .invalidValue,
        "clex: “t” is \(values["t"]?.description ?? ""), expected at most max_factor, \(largest.formattedShortest)",
        parameter: "t")
    }
    trainedLength = geometry.trainedLength
    largestFactor = largest
    startingFrequencies = geometry.inverseFrequencies
    trajectory = CLEXTrajectory(
      inverseFrequencies: startingFrequencies, up: up, down: down, activation: activation, timeStep: step,
      largestTime: largest)
    lognLength = values.number("logn")
    scalesByLength = values.flag("log_scale") ?? false
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    guard plan.inverseFrequencies == startingFrequencies else {
      throw MethodError(.incompatible, "clex starts from the model's own frequencies, which another part has changed")
    }
    let t = time(length: plan.length)
    if t > 1 { plan.inverseFrequencies = trajectory.inverseFrequencies(at: t) }
    plan.cachedKeys = .steps(length: trainedLength)
    if scalesByLength, trainedLength > 1 {
      plan.queryScale = .constant(.log(Double(plan.length)) / .log(Double(trainedLength)))
    }
    plan.scaleQueries(lognLength: lognLength)
  }

  /// The length factor in use at a length: L/L0 rounded up, at most `max_factor`, unless one was given.
  public func time(length: Int) -> Double {
    fixedTime ?? min(largestFactor, Double((length - 1) / trainedLength + 1))
  }

  private static func matrix(
    _ suffix: String, in weights: MethodWeights, _ path: String
  ) throws(MethodError) -> WeightMatrix {
    let found = weights.matrices.filter { $0.key == suffix || $0.key.hasSuffix("." + suffix) }
    guard found.count == 1, let matrix = found.values.first else {
      let problem = found.isEmpty ? "no matrix named …\(suffix)" : "\(found.count) matrices named …\(suffix)"
      throw MethodError(.incompatible, "clex: “\(path)” holds \(problem), expected one", parameter: "weights")
    }
    guard matrix.values.allSatisfy(\.isFinite) else {
      throw MethodError(
        .invalidValue, "clex: \(suffix) of “\(path)” holds a value that is not a number", parameter: "weights")
    }
    return matrix
  }
}

extension MethodParameter.Default {
  /// What the notes of the weights file say under the key, else a constant.
  fileprivate static func fileMetadata(_ key: String, else fallback: ParameterValue) -> MethodParameter.Default {
    .dependent("from the file's metadata, else \(fallback)") { context, values in
      guard let path = values.text("weights"), let weights = try? context.resources.weights(at: path, suffixes: []),
        let note = weights.metadata[key]
      else { return fallback }
      return Double(note).map { .number($0) } ?? .text(note)
    }
  }
}
