import RopeJSON

extension CommandFormat {
  /// lm-evaluation-harness: `--model vllm --model_args pretrained=X,max_model_len=N,…` hands each of the arguments to the
  /// engine under its own name; with `--model hf` they are the model's, and `max_length` is what a request may have.
  /// Source: `lm_eval/models/vllm_causallms.py`, `sglang_causallms.py` and `huggingface.py`. Lighteval has the engine as its
  /// first word and the arguments as its second: `lighteval vllm model_name=X,max_model_length=N`.
  static let lmEval = CommandFormat(
    name: "lm-eval", title: "lm-evaluation-harness", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("lm_eval", "run", takesPositional: false, isServer: false),
      ProgramPattern("lm_eval", takesPositional: false, isServer: false),
      ProgramPattern("lm-eval", "run", takesPositional: false, isServer: false),
      ProgramPattern("lm-eval", takesPositional: false, isServer: false),
      ProgramPattern("lighteval", "*", takesPositional: false, isServer: false),
    ],
    options: [
      "pretrained": .model, "model_name": .model, "max_model_len": .servedLength, "max_model_length": .servedLength,
      "max_length": .servedLength,
      "context_length": .servedLength, "hf_overrides": .overrides, "json_model_override_args": .overrides,
      "rope_scaling": .scaling, "dtype": .dtype,
    ],
    lists: ["model_args", ""], aliases: ["lm-evaluation-harness"],
    effective: { (request) throws(ConfigurationError) in
      let program = request.command.program
      switch program.first == "lighteval" ? program.last : request.command.option("model")?.text {
      case "vllm", "vllm-vlm": return try CommandFormat.vllm.effective(request)
      case "sglang": return try CommandFormat.sglang.effective(request)
      default:
        var builder = EffectiveBuilder(request, runtime: "transformers")
        builder.takeLengths()
        return [builder.configuration]
      }
    })
}
