import RopeAnalysis
import RopeFigures
import RopeMath

/// Measurements in a run's record, with the names of their methods and what the closed forms say of each at each
/// measured length.
public struct MeasuredRecord: Sendable, Codable {
  public var measurements: Measurements
  public var methods: [FigureData.Method]
  public var reach: [MeasuredReach]

  public init(measurements: Measurements, methods: [FigureData.Method], reach: [MeasuredReach]) {
    self.measurements = measurements
    self.methods = methods
    self.reach = reach
  }

  /// Names the methods and plans them at every measured length; a name that is no method of the catalogue, or has no
  /// plan, is kept as it stands and has no closed form.
  ///
  /// - Parameters:
  ///   - plan: the plan of a method at a length, its parameters derived from the target, and what counts as trained for
  ///     it, with earlier stages of training; nil where there is none.
  public init(
    _ measurements: Measurements,
    plan: (_ method: MethodSpecification, _ length: Int, _ target: Int) -> (
      plan: RotaryPlan, trained: RotaryPlan, earlier: [RotaryPlan]
    )?
  ) {
    self.measurements = measurements
    methods = measurements.methods.map(Self.method)
    let target = measurements.targetLength ?? measurements.lengths.last ?? 1
    reach = measurements.methods.flatMap { label -> [MeasuredReach] in
      guard let specification = try? MethodSpecification.parse(label) else { return [] }
      return Self.lengths(of: label, measurements).compactMap { length in
        plan(specification, length, target).map {
          MeasuredReach(method: label, plan: $0.plan, trained: $0.trained, earlier: $0.earlier)
        }
      }
    }
  }

  /// Measurements with their methods' names alone.
  public init(_ measurements: Measurements) {
    self.init(measurements) { _, _, _ in nil }
  }

  private static func method(_ label: String) -> FigureData.Method {
    let (method, variant) = MeasuredVariant.parts(of: label)
    guard let specification = try? MethodSpecification.parse(method) else {
      return FigureData.Method(label: label, name: label, ids: [])
    }
    let ids = specification.parts.map(\.id)
    let titles = ids.map { id in (try? MethodCatalogue.type(named: id).card.shortTitle) ?? id }
    let name = MethodName.name(label: method, titles: titles)
    return FigureData.Method(
      label: label, name: variant.map { MeasuredVariant.label(name, $0) } ?? name, ids: ids)
  }

  private static func lengths(of method: String, _ measurements: Measurements) -> [Int] {
    let losses = measurements.losses.filter { $0.method == method }.compactMap { $0.length ?? $0.buckets.last?.to }
    let scores = measurements.scores.filter { $0.method == method }.map(\.length)
    let retrieval = measurements.retrieval.filter { $0.method == method }.map(\.length)
    return Set(losses + scores + retrieval).filter { $0 > 0 }.sorted()
  }
}
