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
}
