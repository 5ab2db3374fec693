import RopeMath

/// The one list of trainers and servers whose options are understood, the more specific first.
public enum CommandFormats {
  public static let all: [CommandFormat] = [
    .verl, .skyRL, .nemoRL, .automodel, .torchtune, .torchTitan, .primeRL, .ludwig, .axolotl, .llamaFactory, .trl,
    .msSwiftServing,
    .msSwift, .openRLHF, .fastChat, .oumi, .autoTrain,
    .unsloth, .maxText, .nanotron, .gptNeoX, .llmFoundry, .nemoMegatron, .mergekit, .levanter, .roll, .litGPT, .xtuner,
    .lmEval, .onnxGenAI, .localAI, .jan, .vllm, .vllmHosts, .nim, .sglang, .llamaCpp, .llamafile, .ramaLama, .lemonade,
    .lmStudio, .dockerModels, .mlc, .openVINO, .ctranslate2, .lightLLM, .kTransformers, .neuron, .qEfficient,
    .xinference,
    .openCompass, .tgi, .lmdeploy, .ollama,
    .textGenerationWebUI, .exllama, .koboldcpp, .tensorRT, .fastDeploy, .aphrodite,
    .mlxLM, .mistralRS, .deepSpeedMII, .executorch, .torchchat, .megatronBridge, .megatron, .pretrained, .script,
  ]

  /// Options of a program that nobody named.
  static let unknown = CommandFormat(name: "unknown", title: "options", kind: .server, runtime: nil)

  /// What the formats with files of their own, and the servers, are called.
  public static let titles = all.filter { $0.hasFiles || $0.kind == .server }.distinct(\.title)

  /// Words by which a text may hold a command of one of the formats: names of programs and images.
  public static let words: [String] = {
    var names: [String] = []
    for format in all where format.name != "script" {
      names.append(format.name)
      names += format.aliases
      names += format.images
      names += format.programs.map(\.mark)
    }
    let plain = names.compactMap { $0.split(separator: "*").first.map(String.init) }.filter { $0.count >= 4 }
    return Array(Set(plain)).sorted()
  }()

  /// A format of this very name whose settings can be written, but for runtimes that have settings of their own.
  public static func written(named name: String) -> CommandFormat? {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." }
    return all.first { format in
      !format.forms.isEmpty
        && ([format.name] + format.aliases).contains { $0.filter { $0.isLetter || $0.isNumber || $0 == "." } == plain }
    }
  }

  /// Names of the formats whose settings can be written.
  public static var writtenNames: [String] { all.filter { !$0.forms.isEmpty }.map(\.name) }

  /// A format by a program's name as people write it: `vllm 0.8.5`, `LLaMA-Factory`.
  public static func named(_ text: String) -> CommandFormat? {
    let words = text.lowercased().split { " @,=".contains($0) }.map(String.init)
    for word in words { if let format = all.first(where: { $0.isNamed(word) }) { return format } }
    return nil
  }
}
