import RopeJSON
import RopeMath

/// Options of vLLM's server.
///
/// What `--hf-overrides` merges and what it replaces: `_apply_dict_overrides` of vLLM 0.11.1 – 0.33. Before 0.11.1 a
/// nested configuration cannot be reached, and `--rope-scaling` and `--rope-theta` stand beside it.
enum VLLMSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    let temperature: RotaryDictionary.Temperature =
      request.isLatent ? .mscale : request.isFrom("0.30") ? .attentionFactor : .multiplier
    var keys = ConfigurationKeys(request: request, temperature: temperature)
    let editor = DeclarationEditor(request.declaration)
    guard request.isFrom("0.11.1") else { return try older(request, keys, editor) }
    keys.isMerged = !editor.path.isEmpty
    let window = window(request, keys)
    if request.isWindowOnly { return [overrides([], window, request, editor)] }
    // 0.12 reads rope_parameters, which it makes from a file's rope_scaling before overrides are applied.
    let isUnified = request.isFrom("0.12")
    var candidates: [[(String, JSONNode)]] = []
    for keys in keys.spellings {
      if isUnified, request.layers.count > 1 { candidates.append(try keys.unified()) }
      candidates.append(try isUnified ? keys.unified(byLayer: false) : keys.separate())
    }
    return candidates.map { overrides($0, window, request, editor) }
  }

  private static func overrides(
    _ members: [(String, JSONNode)], _ window: [(String, JSONNode)], _ request: SettingsRequest,
    _ editor: DeclarationEditor
  ) -> RuntimeSettings {
    let all = members + window
    let change = editor.change(all)
    let overrides = all.isEmpty ? "" : "--hf-overrides \(change.shellWord) "
    return RuntimeSettings(.arguments, overrides + "--max-model-len \(request.length)", trial: .command)
  }

  /// The lengths to write: those that the server multiplies stay as they are.
  private static func window(_ request: SettingsRequest, _ keys: ConfigurationKeys) -> [(String, JSONNode)] {
    let isGemma3 = request.modelType.contains("gemma3")
    switch request.main?.id {
    // The numbers rest on the window.
    case "longrope", "dynamic", "ntk-fixed", "ntk-mixed": return keys.length(request.window)
    case "linear" where !isGemma3: return []
    // Up to 0.29 the length is the original one times the factor, whatever the window; releases from 0.30 on take the
    // window, so that it is raised wherever an option can.
    case "yarn" where !request.isFrom("0.11.1") && !isGemma3: return []
    default: return keys.lengths(atLeast: max(request.window, request.length))
    }
  }

  /// `--rope-scaling` and `--rope-theta`, up to 0.11.0.
  private static func older(
    _ request: SettingsRequest, _ keys: ConfigurationKeys, _ editor: DeclarationEditor
  ) throws(ConfigurationError) -> [RuntimeSettings] {
    let members = request.isWindowOnly ? [] : try keys.separate()
    let window = window(request, keys)
    let isUnreachable = !window.isEmpty && !request.isFrom("0.6.4")
    guard editor.path.isEmpty, !isUnreachable else {
      return [
        HuggingFaceSettings.written(
          members, keys, window: isUnreachable ? max(request.window, request.length) : request.window,
          notes: [
            isUnreachable
              ? "before 0.6.4 no option raises the window, so these keys are to be written into config.json"
              : """
              options reach the top level only before 0.11.1, so these keys are to be written into config.json; serve \
              with --max-model-len \(request.length)
              """
          ])
      ]
    }
    var words: [String] = []
    var scaling = request.isWindowOnly ? [] : try keys.dictionaryAlone()
    if scaling.count == 1, !keys.has("rope_scaling") { scaling = [] }
    if !scaling.isEmpty {
      words.append("--rope-scaling " + JSONNode.object(scaling).shellWord)
    }
    let theta = members.first { $0.0 == "rope_theta" }?.1
    if let theta, !(request.declaration.value(anyOf: ["rope_theta"])?.node.finiteNumber == request.base) {
      words.append("--rope-theta \(theta.line)")
    }
    if !window.isEmpty {
      words.append("--hf-overrides " + JSONNode.object(window).shellWord)
    }
    words.append("--max-model-len \(request.length)")
    return [RuntimeSettings(.arguments, words.joined(separator: " "), trial: .command)]
  }
}
