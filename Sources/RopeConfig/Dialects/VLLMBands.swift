extension Runtime {
  /// vLLM from 0.6 on: `vllm/config`, `transformers_utils/config.py` and `rotary_embedding` of the releases named.
  static let vllm: [Runtime] = bands(name: "vllm", title: "vLLM", rows, from: VLLM.Rules()) { VLLM.dialect($0) }

  private static let rows: [RuntimeBand<VLLM.Rules>] = [
    RuntimeBand(
      since: "0.6", read: "0.6.3", date: "2024-10", "rope_scaling and a top-level rope_theta; type before rope_type"),
    RuntimeBand(since: "0.6.4", date: "2024-11", "rope_type before type, “default” is known, su becomes longrope") {
      $0.typeKey = .ropeTypeFirst
      $0.renamesOldTypes = true
      $0.types.insert("default")
    },
    RuntimeBand(since: "0.6.6", read: "0.7.0", date: "2025-01", "type and rope_type that differ are refused") {
      $0.typeKey = .conflictAlwaysRefused
    },
    RuntimeBand(since: "0.7.3", read: "0.8.0", date: "2025-03", "LongRoPE takes partly rotated heads") {
      $0.takesPartialLongRoPE = true
    },
    RuntimeBand(since: "0.8.5", date: "2025-04", "model_max_length of the configuration is the window") {
      $0.window.maximumReplaces = true
      $0.window.exempt = "gemma3"
      $0.types.insert("mllama4")
    },
    RuntimeBand(since: "0.9", read: "0.9.0", date: "2025-05", "type ntk is known") { $0.types.insert("ntk") },
    RuntimeBand(since: "0.9.2", read: "0.10.2", date: "2025-09", "alpha of dynamic scaling counts") {
      $0.readsAlpha = true
    },
    RuntimeBand(
      since: "0.11", read: "0.11.0", date: "2025-10",
      "YaRN with M-RoPE sections has a class, whose ramp starts from 4 × the original length"
    ) { $0.multimodalYaRN = .enlarged },
    RuntimeBand(
      since: "0.11.1", date: "2025-11",
      "LongRoPE's list is chosen once, by --max-model-len; apply_yarn_scaling counts; --rope-scaling is gone"
    ) {
      $0.switchesLongRoPE = false
      $0.window.longRoPEDefaultsToOriginal = true
      $0.readsApplyYaRNScaling = true
    },
    RuntimeBand(
      since: "0.12", read: "0.12.0", date: "2025-12", "rope_parameters, built from rope_scaling; truncate counts"
    ) {
      $0.dictionary = .ropeScalingFirst
      $0.typeKey = .conflictRefused
      $0.readsTruncate = true
      $0.types.formUnion(["xdrope", "deepseek_llama_scaling"])
    },
    RuntimeBand(
      since: "0.13", read: "0.18.1", date: "2026-03", "the rotated share is checked and read from the dictionary"
    ) {
      $0.checksShare = true
      $0.types.insert("openpangu")
    },
    RuntimeBand(since: "0.19.1", read: "0.21.0", date: "2026-05", "transformers 5 is allowed; proportional is known") {
      $0.types.formUnion(["proportional", "telechat3-yarn"])
    },
    RuntimeBand(
      since: "0.22.1", read: "0.29.0", date: "2026-08", "dynamic scaling without max_trained_positions does nothing"
    ) {
      $0.dynamicIsSquare = false
    },
    RuntimeBand(
      since: "0.30", read: "0.33.0", date: "2026-11",
      "YaRN's attention factor and mscale pair count, attn_factor does not; YaRN no longer multiplies the window"
    ) {
      $0.readsAttentionFactor = true
      $0.window.unmultiplied.formUnion(["yarn", "deepseek_yarn", "deepseek_llama_scaling"])
      $0.types.insert("bailing_mrope")
      $0.types.remove("xdrope")
    },
  ]
}
