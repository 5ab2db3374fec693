/// A specification bound to a model and a target: every parameter known, ready to plan any length.
public struct BoundMethod: Sendable {
  public let specification: MethodSpecification
  public let context: MethodContext
  /// The parts in the order in which they are applied, each with its resolved parameters.
  public let parts: [(method: any ScalingMethod, values: ParameterValues)]

  /// - Throws: `MethodError` where a part is unknown or its parameters do not hold, or two parts fill the same stage.
  public init(_ specification: MethodSpecification, context: MethodContext) throws(MethodError) {
    self.specification = specification
    self.context = context
    var parts: [(method: any ScalingMethod, values: ParameterValues)] = []
    var filled: [PlanStage: String] = [:]
    for part in specification.parts {
      let type = try MethodCatalogue.type(named: part.id)
      let card = type.card
      let given = card.parameters.filter { part.given[$0.key] != nil }
      for stage in card.stages + given.compactMap(\.fills) {
        if let other = filled[stage] {
          let reason = other == card.id ? "is given twice" : "and \(other) both set \(stage.phrase)"
          throw MethodError(.incompatible, "“\(specification)”: \(card.id) \(reason); use one of them")
        }
        filled[stage] = card.id
      }
      let values = try ParameterValues(given: part.given, card: card, context: context)
      parts.append((try type.init(values, context: context), values))
    }
    self.parts = parts.sorted { Self.order($0.method) < Self.order($1.method) }
  }

  private static func order(_ method: any ScalingMethod) -> PlanStage {
    type(of: method).card.stages.max() ?? .frequencies
  }

  /// The plan at `length` tokens in context.
  ///
  /// - Throws: `MethodError.undefined` where the method has no meaning for this geometry or length.
  public func plan(length: Int) throws(MethodError) -> RotaryPlan {
    var plan: RotaryPlan
    do {
      plan = try RotaryPlan(geometry: context.geometry, length: length)
    } catch {
      throw MethodError(.undefined, error.description)
    }
    for part in parts { try part.method.apply(to: &plan) }
    guard plan.inverseFrequencies.allSatisfy(\.isFinite), plan.attentionFactor.isFinite else {
      throw MethodError(.undefined, "“\(specification)” gives a frequency that is not a number for this model")
    }
    return plan
  }

  /// The same method with one parameter of its first part that has it set to another value; nil where no part has it.
  public func replacing(_ key: String, with value: ParameterValue) throws(MethodError) -> BoundMethod? {
    var changed = specification
    for index in changed.parts.indices {
      guard try MethodCatalogue.type(named: changed.parts[index].id).card.parameters.contains(where: { $0.key == key })
      else { continue }
      changed.parts[index].given[key] = value
      return try BoundMethod(changed, context: context)
    }
    return nil
  }

  /// Resolved parameters of all parts; where two parts share a key, the first applied one's.
  public var parameters: [String: ParameterValue] {
    parts.reduce(into: [:]) { $0.merge($1.values.values) { first, _ in first } }
  }

  /// Cards of the parts, in the order of application.
  public var cards: [MethodCard] { parts.map { type(of: $0.method).card } }
}
