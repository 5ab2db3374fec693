import RopeMath

/// The method that a runtime computes for a layer, and what to say of it.
struct DialectAnswer: Sendable {
  var parts: [MethodSpecification.Part]
  var notes: [String] = []
  /// Nil for the runtime's way with plain rotation.
  var arithmetic: RotaryArithmetic?
  /// Frequencies that no parameters of the method express.
  var frequencies: [Double]?

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

  /// Plain rotation.
  static func unscaled(_ notes: String...) -> DialectAnswer { DialectAnswer([], notes: notes) }
}
