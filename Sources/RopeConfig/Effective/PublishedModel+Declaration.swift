import RopeJSON

extension PublishedModel {
  /// The configuration that its files ship, as far as it concerns rotation: for commands that name a model whose file
  /// is
  /// not at hand. It stands in no text.
  public var declaration: Declaration? {
    guard let type = signatures.first?.modelTypes.first else { return nil }
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
          .object([
            member("rope_type", .string(scaling?.type ?? "")), number("factor", scaling?.factor ?? 1),
            number("original_max_position_embeddings", Double(pretrainedLength)),
          ])))
    // What else ships needs numbers that only the file has.
    case nil: break
    default: return nil
    }
    return try? Declaration(root: JSONNode(value: .object(members), bytes: 0..<0), path: name)
  }
}
