import RopeJSON
import RopeMath

/// Keys of a `config.json`, to be written into the file. Each function gives what might do, the first that does counts.
enum HuggingFaceSettings {
  /// For readers of both spellings: the one that the file has, then the other.
  static func current(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    let keys = ConfigurationKeys(request: request, temperature: .attentionFactor)
    if request.isWindowOnly { return [written([], keys, window: request.window)] }
    let isUnified = keys.has("rope_parameters") && !keys.has("rope_scaling")
    var candidates: [RuntimeSettings] = []
    for keys in keys.spellings {
      let separate = written(try keys.separate(), keys, window: request.window)
      let unified = written(try keys.unified(), keys, window: request.window)
      candidates += isUnified ? [unified, separate] : [separate, unified]
    }
    return candidates
  }

  /// `rope_theta` and `rope_scaling`, transformers 4.
  ///
  /// - Parameter window: `max_position_embeddings` to write, where the version computes YaRN's factor or range from it.
  static func legacy(_ request: SettingsRequest, window: Int? = nil) throws(ConfigurationError) -> [RuntimeSettings] {
    let keys = ConfigurationKeys(request: request, temperature: .attentionFactor)
    if request.isWindowOnly { return [written([], keys, window: request.window)] }
    var windows = [window ?? request.window]
    if request.main?.id == "yarn" {
      // Until 4.56 the factor was the ratio of the window to the original length, until 4.51 the window was the
      // original length.
      let values = try request.yarn()
      windows += [values.factor * values.original, values.original].compactMap { Int(exactly: $0) }
    }
    var candidates: [RuntimeSettings] = []
    for keys in keys.spellings {
      let members = try keys.separate()
      candidates += windows.map { written(members, keys, window: $0) }
    }
    return candidates
  }

  /// The same for MLX, which reads the mscale pair only, and for a few classes `rope_parameters`.
  static func mlx(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    let keys = ConfigurationKeys(request: request, temperature: .mscale)
    if request.isWindowOnly { return [written([], keys, window: request.window)] }
    var candidates: [RuntimeSettings] = []
    for keys in keys.spellings {
      candidates.append(written(try keys.separate(), keys, window: request.window))
      candidates.append(written(try keys.unified(), keys, window: request.window))
    }
    return candidates
  }

  /// Overrides on the command line of vLLM and SGLang.
  static func overrides(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    try request.runtime.name == "sglang" ? SGLangSettings.settings(request) : VLLMSettings.settings(request)
  }

  /// Members that are written into the file at their places.
  static func written(
    _ members: [(String, JSONNode)], _ keys: ConfigurationKeys, window: Int, notes: [String] = []
  ) -> RuntimeSettings {
    var members = members + keys.length(window)
    // A dictionary that comes first would hide the new one.
    if members.contains(where: { $0.0 == "rope_parameters" }), keys.has("rope_scaling") {
      members.append(("rope_scaling", .null))
    }
    if members.contains(where: { $0.0 == "rope_scaling" && !$0.1.isNull }), keys.has("rope_parameters") {
      members.append(("rope_parameters", .null))
    }
    var editor = DeclarationEditor(keys.request.declaration)
    let change = editor.change(members)
    editor.merge(change)
    let text = members.isEmpty ? "" : change.line
    return RuntimeSettings(.configuration, text, notes: notes, trial: .declaration(editor.edited(by: text)))
  }
}
