import RopeMath

extension Runtime {
  /// transformers 5, the reference: the model's resolver reads a file as it does, this adds what it refuses.
  static let transformers5 = Runtime(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", version: "5.23.0", first: "5",
    date: "2026-11",
    rules: DialectRules(
      dictionary: .resolver, typeKey: .ropeTypeFirst,
      interpret: { (question) throws(RuntimeRefusal) in
        let type = question.type ?? "default"
        let known = ["default", "linear", "dynamic", "yarn", "llama3", "longrope", "proportional"]
        let mapped = question.modelType == "phi3" && ["su", "yarn"].contains(type) ? "longrope" : type
        // Multimodal classes rename their own type before it is looked up.
        guard known.contains(mapped) || ["mrope", "gptj"].contains(type) else {
          throw RuntimeRefusal("rope_type “\(type)” is not known (KeyError)")
        }
        if type == "su", !question.scaling.has("original_max_position_embeddings") {
          throw RuntimeRefusal(
            """
            “su” is renamed after the original length is filled in, so original_max_position_embeddings is missing \
            (KeyError)
            """
          )
        }
        if mapped == "longrope" {
          for key in ["short_factor", "long_factor"] { _ = try question.factors(key) }
        }
        let isPhiMoE = question.modelType == "phimoe" && mapped == "longrope"
        return DialectAnswer(
          question.layer.scaling?.parts ?? [],
          notes: isPhiMoE
            ? ["5.23 itself keeps the short list of phimoe at every length; only the magnitude switches"] : [])
      },
      settings: { (request) throws(RuntimeRefusal) in try HuggingFaceSettings.current(request) }))
}
