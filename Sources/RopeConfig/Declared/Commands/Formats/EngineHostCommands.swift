import RopeJSON

/// Programs that hand a model to one of several engines.
extension CommandFormat {
  /// Xinference: `xinference launch` hands what it does not know to the engine; the model is a name and a size.
  /// Source: `xinference/deploy/cmdline.py`.
  static let xinference = CommandFormat(
    name: "xinference", title: "Xinference", kind: .server, runtime: nil,
    programs: [ProgramPattern("xinference", "launch", takesPositional: false)],
    options: vllm.options.merging(sglang.options) { own, _ in own }.merging(["n_ctx": .servedLength]) { own, _ in own },
    flags: vllm.flags,
    model: { command in
      guard let name = command.option("model_name")?.text else { return command.option(.model)?.text }
      let size = command.option("size_in_billions")?.node
      return sized(name, billions: size?.string ?? size?.literal ?? "")
    },
    effective: { (request) throws(ConfigurationError) in
      switch request.command.option("model_engine")?.text?.lowercased() {
      case "sglang": return try CommandFormat.sglang.effective(request)
      case "llama.cpp": return try CommandFormat.llamaCpp.effective(request)
      case "transformers": return [request.unchanged(for: "transformers")]
      default: return try CommandFormat.vllm.effective(request)
      }
    })

  /// `qwen2.5-instruct` of 7 billion is `qwen2.5-7b-instruct`; the name alone where no size is given.
  private static func sized(_ name: String, billions: String) -> String {
    guard !billions.isEmpty else { return name }
    var words = name.split(separator: "-").map(String.init)
    let isTuned = words.last.map { ["instruct", "chat", "base"].contains($0) } == true
    words.insert(billions.replacing("_", with: ".") + "b", at: isTuned ? words.count - 1 : words.count)
    return words.joined(separator: "-")
  }

  /// NVIDIA NIM: vLLM's options as variables, or behind `nim-serve`; an image is made for one model, whose name it has.
  /// Source: NIM for LLMs, reference of variables.
  static let nim = CommandFormat(
    name: "nim", title: "NVIDIA NIM", kind: .server, runtime: "vllm",
    programs: [ProgramPattern("nim-serve", takesPositional: false)], images: ["nvcr.io/nim/"], hasOwnTags: true,
    options: vllm.options, flags: vllm.flags,
    model: { command in
      if let named = command.option(.model) { return named.text }
      guard let image = command.program.first, let start = image.firstRange(of: "nvcr.io/nim/")?.upperBound else {
        return nil
      }
      return String(image[start...].prefix { $0 != ":" && $0 != "@" })
    },
    environment: [
      "NIM_MAX_MODEL_LEN": "max_model_len", "NIM_MODEL_PATH": "model", "NIM_MODEL_NAME": "model",
    ],
    effective: vllm.effective)

  /// ONNX Runtime GenAI: its tables of angles are made for `context_length` tokens when the model is exported, so that
  /// nothing in `genai_config.json` lengthens it. Source: `src/generators.cpp`, `src/python/py/models/builders/base.py`.
  static let onnxGenAI = CommandFormat(
    name: "onnxruntime-genai", title: "ONNX Runtime GenAI", kind: .server, runtime: nil,
    options: ["search.max_length": .servedLength],
    document: { tree in
      tree.value(at: ["model", "context_length"]) != nil && tree.value(at: ["model", "decoder"]) != nil
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      if let longest = request.command.option("search.max_length"), let asked = longest.length,
        let window = request.command.option("model.context_length")?.length, asked > window
      {
        builder.find(
          "option-refused", .error,
          """
          max_length \(asked) is above the context_length \(window) that the model was exported for: ONNX Runtime GenAI \
          stops. Export it again from a configuration with the longer window
          """, at: longest)
      }
      return [builder.configuration]
    })

  /// OpenCompass: each model of a Python file is a dictionary, whose class tells the engine; `max_seq_len` is what it cuts
  /// prompts to. Source: `opencompass/models/*.py`.
  static let openCompass = CommandFormat(
    name: "opencompass", title: "OpenCompass", kind: .server, runtime: nil,
    options: [
      "path": .model, "max_seq_len": .servedLength, "max_model_len": .servedLength, "session_len": .servedLength,
      "max_out_len": .newTokens, "hf_overrides": .overrides, "rope_scaling": .scaling, "rope_scaling_factor": .factor,
    ],
    calls: [
      PythonCall(
        name: "dict", needs: "opencompass", spreads: ["model_kwargs", "engine_config"], isServer: false,
        requires: "run_cfg")
    ],
    effective: { (request) throws(ConfigurationError) in
      let type = request.command.option("type")?.node.string?.lowercased() ?? ""
      if type.contains("vllm") { return try CommandFormat.vllm.effective(request) }
      if type.contains("turbomind") || type.contains("lmdeploy") {
        return try CommandFormat.lmdeploy.effective(request)
      }
      return [request.unchanged(for: "transformers")]
    })
}
