import RopeJSON
import RopeMath

/// The method that a runtime computes for a layer, and what to say of it.
struct Interpretation: Sendable {
  var parts: [MethodSpecification.Part]
  var notes: [String] = []
  /// Nil for the runtime's way with plain rotation.
  var arithmetic: RotaryArithmetic?
  /// Frequencies that no parameters of the method express.
  var frequencies: [Double]?
  /// Why the runtime stops at the file, although the layer can be shown without it.
  var refusal: ConfigurationError?

  init(_ parts: [MethodSpecification.Part] = [], notes: [String] = []) {
    self.parts = parts
    self.notes = notes
  }

  init(_ id: String, _ numbers: [String: Double], notes: [String] = []) {
    self.init([Self.part(id, numbers)], notes: notes)
  }

  static func part(_ id: String, _ numbers: [String: Double]) -> MethodSpecification.Part {
    MethodSpecification.Part(id: id, given: numbers.mapValues(ParameterValue.number))
  }

  /// The plan at the length that is asked for.
  func plan(_ layer: LayerScaling) throws(ConfigurationError) -> RotaryPlan {
    try self.layer(layer.geometry).planned(window: layer.window, length: layer.length).plan
  }

  /// The layer that it makes of a geometry.
  func layer(_ geometry: RotaryGeometry, name: String = "all") -> LayerRotary {
    var layer = LayerRotary(
      name: name, geometry: geometry, scaling: parts.isEmpty ? nil : MethodSpecification(parts: parts))
    layer.frequencies = frequencies
    layer.arithmetic = arithmetic ?? .torch
    layer.notes = notes
    return layer
  }

  /// Plain rotation.
  static func unscaled(_ notes: String...) -> Interpretation { Interpretation([], notes: notes) }
}
