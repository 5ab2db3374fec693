import RopeJSON

extension CommandFormat {
  /// mergekit: the merged model gets the configuration of `base_model`, else of the first one.
  /// Source: `mergekit/config.py`, `mergekit/merge.py`.
  static let mergekit = CommandFormat(
    name: "mergekit", title: "mergekit", kind: .trainer, runtime: "transformers", options: ["base_model": .model],
    document: { tree in
      tree.member("merge_method") != nil && ["models", "slices", "modules"].contains { tree.member($0) != nil }
    })
}
