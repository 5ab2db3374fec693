import RopeConfig
import RopeJSON

/// What a runtime makes of a file, beside what the reference makes of it.
struct RuntimeVerdict: Sendable {
  enum Outcome: Sendable {
    case same
    /// The runtime stops at the file.
    case refuses(ConfigurationError)
    /// It computes other numbers in these layers.
    case differs([PlanGap])
    /// The file does not tell enough, the reference refuses it, or the runtime is known by name only.
    case unknown
  }

  let runtime: MeantRuntime
  let outcome: Outcome
  /// The file as the runtime reads it; nil where it stops.
  let reading: Reading?

  /// A runtime that is known to stop.
  init(_ runtime: MeantRuntime, refusing error: ConfigurationError) {
    self.runtime = runtime
    outcome = .refuses(error)
    reading = nil
  }

  /// - Parameter reference: the reference's layers at the length; nil where it refuses the file.
  init(
    _ runtime: MeantRuntime, _ declaration: Declaration, length: Int, servedLength: Int?, reference: [RuntimeLayer]?
  ) {
    self.runtime = runtime
    guard let reader = runtime.runtime else {
      (outcome, reading) = (.unknown, nil)
      return
    }
    var reading: Reading?
    do throws(ConfigurationError) {
      let read = try reader.read(declaration, length: length, servedLength: servedLength)
      reading = read
      outcome = try Self.outcome(read, length: length, reference: reference)
    } catch {
      outcome = .refuses(error)
    }
    self.reading = reading
  }

  private static func outcome(
    _ reading: Reading, length: Int, reference: [RuntimeLayer]?
  ) throws(ConfigurationError) -> Outcome {
    guard !reading.layerTypes.isEmpty else { return .unknown }
    let layers = try reading.planned(length: length)
    guard let reference else { return .unknown }
    let gaps = layers.compactMap { layer -> PlanGap? in
      guard let other = reference.first(where: { $0.name == layer.name }) ?? reference.first else { return nil }
      return PlanGap(layer, other)
    }
    return gaps.isEmpty ? .same : .differs(gaps)
  }

  var gaps: [PlanGap] { if case .differs(let gaps) = outcome { gaps } else { [] } }

  var refusal: ConfigurationError? { if case .refuses(let error) = outcome { error } else { nil } }

  /// In what the plans differ, over all layers.
  var aspects: Set<PlanAspect> { gaps.reduce(into: []) { $0.formUnion($1.aspects) } }

  /// Names of the parameters and sizes in which the plans differ, over all layers.
  var parameters: Set<String> { gaps.reduce(into: []) { $0.formUnion($1.parameters) } }

  /// All that a finding says who explains this verdict whole.
  var cause: FindingCause { FindingCause(runtime: runtime.label, aspects: refusal == nil ? aspects : nil) }

  /// The part of the verdict that a finding explains.
  func cause(of aspects: Set<PlanAspect>) -> FindingCause { FindingCause(runtime: runtime.label, aspects: aspects) }
}
