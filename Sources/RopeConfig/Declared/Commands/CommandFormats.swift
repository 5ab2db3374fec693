/// The one list of trainers and servers whose options are understood, the more specific first.
public enum CommandFormats {
  public static let all: [CommandFormat] = [
    .verl, .nemoRL, .automodel, .torchtune, .torchTitan, .axolotl, .llamaFactory, .trl, .msSwift, .openRLHF, .unsloth,
    .vllm, .sglang, .llamaCpp, .tgi, .lmdeploy, .ollama, .exllama, .koboldcpp,
    .megatronBridge, .megatron, .pretrained, .script,
  ]

  /// Options of a program that nobody named.
  static let unknown = CommandFormat(name: "unknown", title: "options", kind: .server, runtime: nil)

  /// A format by a program's name as people write it: `vllm 0.8.5`, `LLaMA-Factory`.
  public static func named(_ text: String) -> CommandFormat? {
    let words = text.lowercased().split { " @,=".contains($0) }.map(String.init)
    for word in words { if let format = all.first(where: { $0.isNamed(word) }) { return format } }
    return nil
  }
}
