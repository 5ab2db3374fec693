import RopeJSON

/// Mistral's own `params.json`, whose scaling stands under other names than in a Hugging Face configuration.
///
/// `yarn: {factor, original_max_position_embeddings, beta, alpha, apply_scale}` is `rope_type: yarn` with
/// `beta_fast = beta`, `beta_slow = alpha` and, where `apply_scale` is false, an attention factor of 1;
/// `llama_4_scaling: {beta}` scales queries by their position. Source: vLLM's reader of the format.
enum MistralParameters {
  /// The object with its scaling also under `rope_scaling`, each value at the place where it is written.
  ///
  /// An object that has a scaling of that name already, or none of Mistral's, stays as it is.
  static func translated(_ root: JSONNode) -> JSONNode {
    guard let members = root.members, root.member("rope_scaling") == nil, root.member("rope_parameters") == nil,
      root.member("n_layers") != nil, let yarn = root.member("yarn"), let written = yarn.node.members
    else { return root }
    func synthetic(
      _ key: String, _ value: JSONNode.Value, at member: JSONNode.Member, writtenKey: String? = nil
    ) -> JSONNode.Member {
      JSONNode.Member(
        key: key, keyBytes: member.keyBytes, node: JSONNode(value: value, bytes: member.node.bytes),
        writtenKey: writtenKey ?? member.key)
    }
    var scaling = [synthetic("rope_type", .string("yarn"), at: yarn, writtenKey: "")]
    for member in written {
      if let key = ConfigurationKey.all.first(where: { $0.parameters == member.key }) {
        scaling.append(synthetic(key.name, member.node.value, at: member))
        continue
      }
      switch (member.key, member.node.value) {
      case ("apply_scale", .bool(false)):
        scaling.append(synthetic("attention_factor", .number(1, literal: "1"), at: member))
      case ("apply_scale", _): break
      default: scaling.append(member)
      }
    }
    if let queries = root.member("llama_4_scaling"), let beta = queries.node.member("beta") {
      scaling.append(synthetic("llama_4_scaling_beta", beta.node.value, at: queries))
    }
    return JSONNode(
      value: .object(members + [synthetic("rope_scaling", .object(scaling), at: yarn)]), bytes: root.bytes)
  }
}
