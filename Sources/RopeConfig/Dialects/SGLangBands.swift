extension Runtime {
  /// SGLang from its own rotary embeddings on; 0.4.0 to 0.4.3 took vLLM's.
  static let sglang: [Runtime] = bands(name: "sglang", title: "SGLang", rows, from: SGLang.Rules()) {
    SGLang.dialect($0)
  }

  private static let rows: [RuntimeBand<SGLang.Rules>] = [
    RuntimeBand(
      since: "0.4.4", date: "2025-03",
      "rope_scaling and a top-level rope_theta; a longer --context-length is only warned of"),
    RuntimeBand(since: "0.4.9", read: "0.4.10", date: "2025-08", "alpha of dynamic scaling counts") {
      $0.readsAlpha = true
    },
    RuntimeBand(since: "0.5", read: "0.5.6", date: "2025-12", "a longer --context-length is refused") {
      $0.window.longer = .refused
    },
    RuntimeBand(
      since: "0.5.10", read: "0.5.10", date: "2026-03",
      "rope_parameters; truncate counts; missing numbers get defaults; YaRN with M-RoPE sections has a class"
    ) {
      $0.dictionary = .ropeScalingFirst
      $0.readsTruncate = true
      $0.fillsDefaults = true
      $0.hasMultimodalYaRN = true
    },
    RuntimeBand(since: "0.5.15", date: "2026-06", "proportional rotation is known") { $0.knowsProportional = true },
    RuntimeBand(since: "0.5.20", read: "0.5.23", date: "2026-10", "YaRN's mscale pair counts") {
      $0.readsMagnitudes = true
    },
  ]
}
