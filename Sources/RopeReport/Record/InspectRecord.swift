import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// `ropescope.inspect/1`: what a model's RoPE is, and what methods make of it.
public struct InspectRecord: Sendable, Encodable {
  public let schema = "ropescope.inspect/1"
  public let model: ModelRecord
  @Nullable public private(set) var geometry: GeometryRecord?
  public let resolved: [ResolvedValue]
  public let missing: [String]
  public var notes: [String]
  /// The configurations that a command really works with, one a role; nil where no command was given.
  public var effective: [EffectiveRecord]?
  public let plans: [PlanRecord]

  /// What a runtime makes of the file's own scaling at each length.
  ///
  /// - Throws: `ConfigurationError` where it refuses the file.
  public init(model resolved: Reading, dialect: Runtime, lengths: [Int]) throws(ConfigurationError) {
    model = ModelRecord(resolved)
    geometry = GeometryRecord(resolved)
    self.resolved = resolved.values
    missing = resolved.missing
    var notes = resolved.allNotes
    var plans: [PlanRecord] = []
    let declaration = try resolved.runtimeDeclaration()
    for length in lengths {
      for layer in try dialect.layers(of: declaration, length: length) {
        plans.append(
          PlanRecord(layer.plan, label: "config@\(dialect.id)", parameters: layer.parameters, layers: layer.name))
        for note in layer.notes where !notes.contains(note) { notes.append(note) }
      }
    }
    self.notes = notes
    self.plans = plans
  }

  /// One plan for each method, length and layer type. A specification concerns the layers that scaling applies to;
  /// sliding-window layers keep the file's own, unless `allLayers`.
  ///
  /// - Throws: `MethodError` where a method cannot be bound or has no plan at a length.
  public init(
    model resolved: Reading, methods: [MethodSpecification], lengths: [Int], targetLength: Int, allLayers: Bool,
    resources: MethodResources = .none
  ) throws(MethodError) {
    model = ModelRecord(resolved)
    geometry = GeometryRecord(resolved)
    self.resolved = resolved.values
    missing = resolved.missing
    notes = resolved.allNotes
    var plans: [PlanRecord] = []
    for specification in methods {
      for layers in resolved.layerTypes {
        let applied = layers.isSliding && !allLayers ? .configuration : specification
        let method = try resolved.bind(applied, targetLength: targetLength, on: layers, resources: resources)
        for length in lengths {
          plans.append(
            try PlanRecord(method, label: specification.description, length: length, layers: layers.name))
        }
      }
    }
    self.plans = plans
  }
}
