import RopeConfig
import RopeJSON

/// A cheap look at a file: whether it may be a configuration of a model, a trainer or a server.
enum CandidateLook {
  /// JSON of other programs that model repositories hold.
  private static let others: Set = [
    "package.json", "package-lock.json", "tokenizer.json", "vocab.json", "generation_config.json",
    "special_tokens_map.json",
    "added_tokens.json", "preprocessor_config.json", "processor_config.json", "trainer_state.json", "tsconfig.json",
    "all_results.json", "train_results.json", "eval_results.json", "chat_template.json",
  ]

  static func isOfInterest(_ name: String) -> Bool {
    let lower = name.lowercased()
    guard CommandReader.isSettings(lower) || [".json", ".gguf"].contains(where: lower.hasSuffix) else { return false }
    return !others.contains(name) && !name.hasSuffix(".index.json") && !name.hasSuffix(".context.json")
      && name != "ropescope.toml"
  }

  /// Bytes that are looked at.
  static let limit = 1 << 18

  /// Words of which a configuration, or a command, that concerns rotation holds one.
  private static let words: [[UInt8]] = {
    let lengths = [
      "max-model-len", "max_model_len", "ctx-size", "num_ctx", "seq_len", "seq-length", "sequence_len", "cutoff_len",
      "context-length", "context_length", "context_size", "max_length", "max-position", "max_prompt_len",
    ]
    let others = [
      "rope", "rotary", "yarn", "model_type", "architectures", "model-path", "model_path", "model_name_or_path",
      "base_model", "hf-overrides", "hf_overrides", "override_config",
    ]
    let keys = [ConfigurationKey.window, .hiddenSize, .heads].flatMap(\.spellings).filter { $0.count >= 7 }
    return (lengths + others + keys + CommandFormats.words).map { Array($0.utf8) }
  }()

  private static let firsts: Set<UInt8> = Set(words.compactMap(\.first))

  static func mayMatter(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(limit).withUnsafeBufferPointer { text in
      for index in text.indices where firsts.contains(text[index]) {
        for word in words where word[0] == text[index] && index + word.count <= text.count {
          var offset = 1
          while offset < word.count, text[index + offset] == word[offset] { offset += 1 }
          if offset == word.count { return true }
        }
      }
      return false
    }
  }
}
