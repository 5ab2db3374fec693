import RopeJSON

extension PublishedModel {
  /// The configuration that its files ship, as far as it concerns rotation: for commands that name a model whose file
  /// is
  /// not at hand. It stands in no text.
  ///
  /// - Parameter part: the key under which the command says that the language model stands, as in files of models that
  /// see; nil for the top level.
  public func declaration(under part: String? = nil) -> Declaration? {
    guard let type = modelType else { return nil }
    func member(_ key: String, _ value: JSONNode.Value) -> JSONNode.Member {
      JSONNode.Member(key: key, keyBytes: 0..<0, node: JSONNode(value: value, bytes: 0..<0))
    }
    func number(_ key: String, _ value: Double) -> JSONNode.Member {
      member(key, .number(value, literal: JSONNumber.text(value)))
    }
    var members = [
      member("model_type", .string(type)), number("max_position_embeddings", Double(windows.first ?? nativeLength)),
      number("rope_theta", base),
    ]
    if let headDimension { members.append(number("head_dim", Double(headDimension))) }
    // Left out, the class's own window would stand for it in every layer.
    let family = Family.named(type)
    if family.sliding?.size != nil, family.layers == nil { members.append(member("sliding_window", .null)) }
    if rotaryShare != 1 { members.append(number("partial_rotary_factor", rotaryShare)) }
    switch scaling?.type {
    case "llama3":
      members.append(
        member(
          "rope_scaling",
          .object([
            member("rope_type", .string("llama3")), number("factor", scaling?.factor ?? 8),
            number("low_freq_factor", 1),
            number("high_freq_factor", 4), number("original_max_position_embeddings", Double(pretrainedLength)),
          ])))
    case "yarn", "linear":
      members.append(
        member(
          "rope_scaling",
          .object(
            [
              member("rope_type", .string(scaling?.type ?? "")), number("factor", scaling?.factor ?? 1),
              number("original_max_position_embeddings", Double(pretrainedLength)),
            ] + (scaling?.truncates == false ? [member("truncate", .bool(false))] : []))))
    case "dynamic":
      guard let alpha = scaling?.alpha else { return nil }
      members.append(
        member(
          "rope_scaling",
          .object([member("rope_type", .string("dynamic")), number("factor", 1), number("alpha", alpha)])))
    // What else ships needs numbers that only the file has.
    case nil: break
    default: return nil
    }
    var root = JSONNode(value: .object(members), bytes: 0..<0)
    if let part { root = JSONNode(value: .object([member(part, root.value)]), bytes: 0..<0) }
    return try? Declaration(root: root, path: name)
  }
}
