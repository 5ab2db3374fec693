import RopeJSON

extension Runtime {
  /// transformers before version 5: `rope_scaling` and a top-level `rope_theta`.
  static let transformersFour: [Runtime] = bands(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", rows, from: TransformersFour.Rules(),
    next: "5"
  ) { TransformersFour.dialect($0) }

  private static let rows: [RuntimeBand<TransformersFour.Rules>] = [
    RuntimeBand(since: "4.28", read: "4.30.2", date: "2023-06", "no class reads rope_scaling yet") {
      $0.reading = .none
    },
    RuntimeBand(
      since: "4.31", read: "4.42.4", date: "2024-06",
      "linear and dynamic scaling of a few classes, by the key type alone"
    ) { $0.reading = .twoKeys },
    RuntimeBand(
      since: "4.43", read: "4.44.2", date: "2024-08",
      "one module of scalings, used by llama; older classes keep two keys"
    ) { $0.reading = .module(twoKeysElsewhere: true) },
    RuntimeBand(since: "4.45", read: "4.47.1", date: "2024-10", "most classes use the module") {
      $0.reading = .module(twoKeysElsewhere: false)
    },
    RuntimeBand(since: "4.48", read: "4.50.3", date: "2025-03", "LongRoPE switches its list by the length of the text")
    {
      $0.longRoPESwitches = true
    },
    RuntimeBand(
      since: "4.51", read: "4.54.1", date: "2025-07", "YaRN's factor is replaced by window/original, mscale counts"
    ) {
      $0.yarn = .ratio
      $0.readsMagnitudes = true
    },
    RuntimeBand(since: "4.55", read: "4.55.4", date: "2025-08", "truncate is read") { $0.readsTruncate = true },
    RuntimeBand(
      since: "4.56", read: "4.57.6", date: "2026-01", "YaRN's own factor counts, with the dictionary's original length"
    ) { $0.yarn = .factor },
  ]
}
