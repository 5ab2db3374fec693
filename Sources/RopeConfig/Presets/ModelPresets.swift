/// The one list of presets. Each carries the keys of a published configuration, nothing filled in, and cites it.
public enum ModelPresets {
  public static let all: [ModelPreset] = llama + qwen + mistral + deepseek + google + zhipu + microsoft + others

  /// The preset of this name, letter case aside.
  public static func named(_ name: String) -> ModelPreset? {
    let name = name.lowercased()
    return all.first { $0.name == name }
  }

  /// The preset of a repository of the Hugging Face Hub, or of its name without the owner.
  public static func published(as id: String) -> ModelPreset? {
    let id = id.lowercased()
    return all.first { preset in
      preset.hubIDs.contains {
        let known = $0.lowercased()
        return known == id || !id.contains("/") && known.hasSuffix("/" + id)
      }
    }
  }

  /// The preset that stands for a model whose file is not at hand: the repository's own, else that of the same model
  /// without the words for its quantisation, else one of the same published model, of the same size where there is one.
  public static func closest(to reference: String) -> ModelPreset? {
    if let exact = named(reference) ?? published(as: reference) { return exact }
    let end = reference.split(whereSeparator: { "/\\".contains($0) }).last.map { $0.lowercased() } ?? ""
    let name = end.hasSuffix(".gguf") ? end.dropLast(5).split(separator: ".q").first ?? "" : end.prefix { $0 != ":" }
    var words = name.split(separator: "-").map(String.init)
    while let last = words.last, words.count > 1, isAboutNumbers(last) { words.removeLast() }
    if let plain = published(as: words.joined(separator: "-")) { return plain }
    guard let model = PublishedModel.named(reference) else { return nil }
    let same = byModel[model.name] ?? []
    let sizes = Set(end.split { "-:_".contains($0) }.map(String.init).filter(isSize))
    return same.first { preset in preset.name.split(separator: "-").contains { sizes.contains(String($0)) } }
      ?? same.first
  }

  private static let byModel = Dictionary(grouping: all) { $0.published?.name ?? "" }

  /// Words of a repository's name that say how its numbers are stored.
  private static func isAboutNumbers(_ word: String) -> Bool {
    let whole: Set = [
      "gptq", "awq", "fp8", "fp16", "bf16", "gguf", "bnb", "exl2", "exl3", "mlx", "hf", "unsloth", "quantized",
      "dynamic",
    ]
    let starts = ["int4", "int8", "4bit", "8bit", "w4a16", "w8a8", "q4_", "q5_", "q6_", "q8_"]
    return whole.contains(word) || starts.contains { word.hasPrefix($0) }
  }

  /// `7b`, `1.5b`.
  private static func isSize(_ word: String) -> Bool { word.hasSuffix("b") && Double(word.dropLast()) != nil }
}
