import RopeJSON
import RopeMath

/// Options of SGLang's server.
///
/// `--json-model-override-args` replaces a nested configuration as a whole up to 0.5.3 and is merged into it from
/// 0.5.20 on; a dictionary at the top level is merged with the file's own from 0.5.23 on (`get_config`).
enum SGLangSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    var keys = ConfigurationKeys(request: request, temperature: request.isLatent ? .mscale : .multiplier)
    let editor = DeclarationEditor(request.declaration)
    let window = window(request, keys)
    guard editor.path.isEmpty || request.isFrom("0.5.20") else {
      let members = request.isWindowOnly ? [] : try keys.separate()
      return [
        HuggingFaceSettings.written(
          members, keys, window: request.window,
          notes: [
            """
            the override replaces a nested configuration as a whole before 0.5.20, so these keys are to be written \
            into config.json; serve with --context-length \(request.length)
            """
          ])
      ]
    }
    func overrides(_ members: [(String, JSONNode)]) -> RuntimeSettings {
      let all = members + window
      let change = editor.change(all)
      let text = all.isEmpty ? "" : "--json-model-override-args \(change.shellWord) "
      return RuntimeSettings(.arguments, text + "--context-length \(request.length)", trial: .command)
    }
    if request.isWindowOnly { return [overrides([])] }
    keys.isMerged = editor.path.isEmpty && request.isFrom("0.5.23")
    let isUnified = request.isFrom("0.5.10")
    let isByLayer = isUnified && request.layers.count > 1
    // An entry of a type of layer replaces the one of its name.
    keys.isMerged = keys.isMerged && !isByLayer
    var candidates: [RuntimeSettings] = []
    for keys in keys.spellings {
      if isByLayer { candidates.append(overrides(try keys.unified())) }
      candidates.append(overrides(try isUnified ? keys.unified(byLayer: false) : keys.separate()))
    }
    return candidates
  }

  /// A factor lengthens the window only where no original length stands beside it.
  private static func window(_ request: SettingsRequest, _ keys: ConfigurationKeys) -> [(String, JSONNode)] {
    switch request.main?.id {
    case "longrope", "dynamic": keys.length(request.window)
    // A dictionary with an entry a type of layer has no factor of its own.
    case "linear" where request.layers.count == 1: []
    default: keys.lengths(atLeast: max(request.window, request.length))
    }
  }
}
