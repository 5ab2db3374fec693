import RopeJSON

extension Runtime {
  /// transformers 5: one dictionary, `rope_parameters`; the newest is the reference.
  static let transformersFive: [Runtime] = bands(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", rows, from: Transformers5.Rules()
  ) { Transformers5.dialect($0) }

  private static let rows: [RuntimeBand<Transformers5.Rules>] = [
    RuntimeBand(
      since: "5", read: "5.4.0", date: "2026-02",
      "rope_parameters holds base and share; a nested dictionary leaves classes without layer types un-scaled"),
    RuntimeBand(since: "5.5", read: "5.13.1", date: "2026-07", "proportional rotation is known") {
      $0.knowsProportional = true
    },
    RuntimeBand(since: "5.15", read: "5.16.1", date: "2026-09", "DeepSeek-V2 scales its softmax") {
      $0.scalesDeepSeek2 = true
    },
    RuntimeBand(
      since: "5.17", read: "5.17.0", date: "2026-10",
      "one declared layer type makes a dictionary nested, and all are asked for"
    ) { $0.nesting = .anyAndAll },
    RuntimeBand(since: "5.18", read: "5.24.0", date: "2026-11", "only declared layer types count as nested") {
      $0.nesting = .declared
    },
  ]
}
