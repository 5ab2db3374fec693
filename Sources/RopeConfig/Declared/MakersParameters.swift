import RopeJSON

/// Files of parameters as the makers' own programs read them, which say the same as a Hugging Face configuration under
/// other names, or by their program's defaults.
///
/// What such a file says of rotation is also put under the usual names, each value at the place where it is written; what
/// only the program says stands at the key that tells which program it is.
enum MakersParameters {
  /// The object in the usual names; one that has a scaling dictionary already, or is of no known maker, as it is.
  static func translated(_ root: JSONNode) -> JSONNode {
    if let told = mlc(root) ?? torchchat(root) ?? foundry(root) { return told }
    guard root.members != nil, root.member("rope_scaling") == nil, root.member("rope_parameters") == nil else {
      return root
    }
    return mistral(root) ?? meta(root) ?? deepSeek(root) ?? openAI(root) ?? plain(root) ?? root
  }

  /// `params.json` of Mistral or Meta without any scaling: both programs multiply neighbouring features as complex numbers
  /// (`rope.py` in mistral-inference, `model.py` in llama). Mistral's takes 10⁶ where the file names no base
  /// (`transformer.py`), and is known by its sizes of heads and of the inner layer.
  private static func plain(_ root: JSONNode) -> JSONNode? {
    guard ["transformer", nil].contains(root.member("model_type")?.node.string), let place = root.member("dim"),
      root.member("n_layers") != nil, root.member("n_heads") != nil, !pairLayout.contains(where: root.hasMember)
    else { return nil }
    let isMistral = root.hasMember("hidden_dim") && root.hasMember("head_dim")
    let base = isMistral && !root.hasMember("rope_theta") ? [member("rope_theta", number(1e6), at: place)] : []
    return root.adding([member("rope_interleave", .bool(true), at: place)] + base, removing: ["model_type"])
  }

  private static let pairLayout = ConfigurationKey.pairLayout.spellings

  /// Mistral's `params.json`, as vLLM reads it: `yarn: {factor, original_max_position_embeddings, beta, alpha,
  /// apply_scale}` is YaRN with `beta_fast = beta`, `beta_slow = alpha` and, where `apply_scale` is false, no temperature;
  /// `llama_4_scaling: {beta}` scales queries by their position. Neighbouring features are a pair.
  private static func mistral(_ root: JSONNode) -> JSONNode? {
    guard root.member("n_layers") != nil, let yarn = root.member("yarn"), let written = yarn.node.members else {
      return nil
    }
    var scaling = [member("rope_type", .string("yarn"), at: yarn)]
    for entry in written {
      if let key = ConfigurationKey.all.first(where: { $0.parameters == entry.key }) {
        scaling.append(renamed(entry, key.name))
      } else if entry.key == "apply_scale" {
        scaling.append(renamed(entry, "apply_yarn_scaling"))
        if case .bool(false) = entry.node.value { scaling.append(renamed(entry, "attention_factor", number(1))) }
      } else {
        scaling.append(entry)
      }
    }
    if let queries = root.member("llama_4_scaling"), let beta = queries.node.member("beta") {
      scaling.append(renamed(queries, "llama_4_scaling_beta", beta.node.value))
    }
    return root.adding([
      member("rope_interleave", .bool(true), at: yarn), dictionary(scaling, at: yarn, writtenKey: yarn.key),
    ])
  }

  /// Meta's `params.json` with `use_scaled_rope`: the numbers stand in the program (`apply_scaling` in llama-models,
  /// `models/llama3/model.py`), which pairs neighbouring features.
  private static func meta(_ root: JSONNode) -> JSONNode? {
    guard root.member("n_layers") != nil, root.member("dim") != nil, let switched = root.member("use_scaled_rope"),
      case .bool(let isScaled) = switched.node.value
    else { return nil }
    let pairs = member("rope_interleave", .bool(true), at: switched)
    guard isScaled else { return root.adding([pairs]) }
    var scaling = [member("rope_type", .string("llama3"), at: switched)]
    scaling += [
      value("factor", own: "rope_scaling_factor", of: root, else: 8, at: switched),
      member("low_freq_factor", number(1), at: switched),
      value("high_freq_factor", own: "rope_high_freq_factor", of: root, else: 4, at: switched),
      member("original_max_position_embeddings", number(8192), at: switched),
    ]
    return root.adding([pairs, dictionary(scaling, at: switched)])
  }

  /// torchchat's file of a model (`model_params`): Meta's sizes with a dictionary that names no type, which is llama3's
  /// (`apply_scaling` in `torchchat/model.py`), over a window of `block_size`.
  private static func torchchat(_ root: JSONNode) -> JSONNode? {
    guard root.member("model_type") == nil, let place = root.member("dim"), root.member("n_layers") != nil,
      let scaling = root.member("rope_scaling"), let written = scaling.node.members,
      scaling.node.member("high_freq_factor") != nil, scaling.node.member("rope_type") == nil,
      scaling.node.member("type") == nil
    else { return nil }
    var added = [
      member("rope_interleave", .bool(true), at: place),
      dictionary(
        [member("rope_type", .string("llama3"), at: scaling)] + written, at: scaling, writtenKey: scaling.key),
    ]
    if let window = root.member("block_size") { added.append(renamed(window, "max_position_embeddings")) }
    return root.adding(added, removing: ["rope_scaling"])
  }

  /// LLM Foundry's MPT with rotation, which transformers' own class of that name has not: base and scaling stand in
  /// `attn_config` (`llmfoundry/models/mpt/modeling_mpt.py`).
  private static func foundry(_ root: JSONNode) -> JSONNode? {
    guard root.member("model_type")?.node.string == "mpt", let attention = root.member("attn_config"),
      attention.node.member("rope")?.node.boolean == true
    else { return nil }
    var added = [
      attention.node.member("rope_theta").map { renamed($0, "rope_theta") }
        ?? member("rope_theta", number(10_000), at: attention)
    ]
    if let scaling = attention.node.member("rope_hf_config"), let written = scaling.node.members,
      let type = scaling.node.member("type")?.node.string, type != "no_scaling"
    {
      added.append(dictionary(written, at: scaling, writtenKey: scaling.key))
    }
    return root.adding(added, removing: ["model_type"])
  }

  /// DeepSeek's own configuration (`ModelArgs` in DeepSeek-V3, `inference/model.py`): YaRN with the program's numbers
  /// where the file has none, and only where `max_seq_len` is beyond `original_seq_len`.
  private static func deepSeek(_ root: JSONNode) -> JSONNode? {
    guard root.member("n_layers") != nil, root.member("model_type") == nil, root.member("dim") != nil,
      let head = root.member("qk_rope_head_dim")
    else { return nil }
    func value(_ key: String, own: String, _ standard: Double) -> JSONNode.Member {
      self.value(key, own: own, of: root, else: standard, at: head)
    }
    let window = value("max_position_embeddings", own: "max_seq_len", 16_384)
    let original = value("original_max_position_embeddings", own: "original_seq_len", 4096)
    var added = [member("model_type", .string("deepseek_v3"), at: head), window]
    if let length = window.node.finiteNumber, let trained = original.node.finiteNumber, length > trained {
      added.append(
        dictionary(
          [
            member("rope_type", .string("yarn"), at: head), original, value("factor", own: "rope_factor", 40),
            value("beta_fast", own: "beta_fast", 32), value("beta_slow", own: "beta_slow", 1),
            value("mscale", own: "mscale", 1), value("mscale_all_dim", own: "mscale", 1),
          ], at: head))
    }
    return root.adding(added, removing: ["max_seq_len", "beta_fast", "beta_slow", "mscale"])
  }

  /// OpenAI's configuration of gpt-oss (`ModelConfig` in `gpt_oss/torch/model.py`): YaRN with exact band edges.
  private static func openAI(_ root: JSONNode) -> JSONNode? {
    guard root.member("model_type") == nil, let original = root.member("initial_context_length"),
      let factor = root.member("rope_scaling_factor")
    else { return nil }
    var scaling = [
      member("rope_type", .string("yarn"), at: factor), renamed(factor, "factor"),
      renamed(original, "original_max_position_embeddings"), member("truncate", .bool(false), at: factor),
    ]
    for (key, own) in [("beta_fast", "rope_ntk_beta"), ("beta_slow", "rope_ntk_alpha")] {
      if let entry = root.member(own) { scaling.append(renamed(entry, key)) }
    }
    let length = (original.node.finiteNumber ?? 0) * (factor.node.finiteNumber ?? 0)
    let window = length >= 1 ? [member("max_position_embeddings", number(length), at: original)] : []
    return root.adding(
      [member("model_type", .string("gpt_oss"), at: original)] + window + [dictionary(scaling, at: factor)])
  }

  /// MLC-LLM's `mlc-chat-config.json`: the model's keys stand in `model_config`, theta and window under names of its own,
  /// and the outer window is the one that is served (`python/mlc_llm/model`, `interface/gen_config.py`).
  private static func mlc(_ root: JSONNode) -> JSONNode? {
    let names = ["context_window_size": "max_position_embeddings", "position_embedding_base": "rope_theta"]
    guard let inner = root.member("model_config")?.node.members, inner.contains(where: { names[$0.key] != nil }) else {
      return nil
    }
    let own = (root.members ?? []).filter { names[$0.key] == nil && $0.key != "model_config" }
    let served = root.member("context_window_size")
    let members = inner.map { entry in
      names[entry.key].map { renamed($0 == "rope_theta" ? entry : served ?? entry, $0) } ?? entry
    }
    // A model of sliding windows has none of its own.
    let kept = members.filter { entry in
      (entry.key != "max_position_embeddings" || (entry.node.finiteNumber ?? 1) >= 1) && root.member(entry.key) == nil
    }
    return JSONNode(value: .object(own + kept), bytes: root.bytes)
  }

  // MARK: Members

  private static func number(_ value: Double) -> JSONNode.Value { .number(value, literal: JSONNumber.text(value)) }

  /// What a file says under another name.
  private static func renamed(
    _ entry: JSONNode.Member, _ key: String, _ value: JSONNode.Value? = nil
  ) -> JSONNode.Member {
    JSONNode.Member(
      key: key, keyBytes: entry.keyBytes, node: JSONNode(value: value ?? entry.node.value, bytes: entry.node.bytes),
      writtenKey: entry.key)
  }

  /// What the file says under the program's own key, else the program's number.
  private static func value(
    _ key: String, own: String, of root: JSONNode, else standard: Double, at entry: JSONNode.Member
  ) -> JSONNode.Member {
    root.member(own).map { renamed($0, key) } ?? member(key, number(standard), at: entry)
  }

  /// What only the program says, at the place of the member that tells of the program.
  private static func member(
    _ key: String, _ value: JSONNode.Value, at entry: JSONNode.Member
  ) -> JSONNode.Member {
    JSONNode.Member(
      key: key, keyBytes: entry.keyBytes, node: JSONNode(value: value, bytes: entry.node.bytes), writtenKey: "")
  }

  private static func dictionary(
    _ members: [JSONNode.Member], at entry: JSONNode.Member, writtenKey: String = ""
  ) -> JSONNode.Member {
    JSONNode.Member(
      key: "rope_scaling", keyBytes: entry.keyBytes, node: JSONNode(value: .object(members), bytes: entry.node.bytes),
      writtenKey: writtenKey)
  }
}

extension JSONNode {
  fileprivate func hasMember(_ key: String) -> Bool { member(key) != nil }

  /// An object with more members behind its own.
  fileprivate func adding(_ added: [Member], removing: Set<String> = []) -> JSONNode {
    JSONNode(value: .object((members ?? []).filter { !removing.contains($0.key) } + added), bytes: bytes)
  }
}
