import RopeJSON
import RopeText

/// Models in which nothing rotates.
extension ReadingBuilder {
  /// Why nothing rotates, and the value that says so; nil where something does.
  func noRotation() throws(ConfigurationError) -> NoRotation? {
    let consequence: Message = "no RoPE scaling acts, and the window is only a limit"
    if let reason = family.unrotatedReason {
      let type = declaration.text.member("model_type") ?? declaration.root.member("model_type")
      return NoRotation("\(family.name) has no rotary embedding (\(Message(template: reason))): \(consequence)", type)
    }
    if let condition = family.condition {
      let place = value([condition.key])
      let isAllowed =
        if let place {
          condition.forbidden.isEmpty
            ? condition.allowed.contains { $0.matches(place.node) }
            : !condition.forbidden.contains { $0.matches(place.node) }
        } else if let absent = condition.absent {
          condition.allowed.isEmpty ? !condition.forbidden.contains(absent) : condition.allowed.contains(absent)
        } else {
          condition.allowed.isEmpty
        }
      guard !isAllowed else { return nil }
      return NoRotation(
        place.map { "“\(condition.key)” is \($0.node.told): \(family.name) rotates nothing; \(consequence)" }
          ?? "“\(condition.key)” is absent: \(family.name) rotates nothing; \(consequence)", place)
    }
    if family.nullBaseIsUnrotated,
      let null = declaration.value(anyOf: ["rope_parameters"])?.node.member("rope_theta"), null.node.isNull
    {
      return NoRotation(
        "“rope_theta” is null: \(family.name) rotates nothing; \(consequence)", value(["rope_parameters"]))
    }
    guard family.isUnknown else { return nil }
    let kinds: Set = ["absolute", "nope", "none", "alibi", "learned", "relative", "relative_key", "sinusoidal"]
    if let place = value(["position_embedding_type", "position_embeddings_type"]), let kind = place.node.string,
      kinds.contains(kind)
    {
      return NoRotation("“\(place.key)” is \(kind): nothing rotates; \(consequence)", place)
    }
    for key in ["alibi", "use_alibi", "mla_use_nope"] {
      if let place = value([key]), place.node.boolean == true {
        return NoRotation("“\(key)” is true: nothing rotates; \(consequence)", place)
      }
    }
    return nil
  }
}
