import RopeJSON

/// Runtimes that are configured by arguments of their own, tried out on the configuration that says the same.
enum CodeSettings {
  static func edited(
    _ request: SettingsRequest, _ dictionary: [(String, JSONNode)], by text: String
  ) -> Declaration {
    var pairs: [(String, JSONNode)] = [("rope_theta", .float(request.base))]
    if let share = request.share { pairs.append(("partial_rotary_factor", .float(share))) }
    var editor = DeclarationEditor(request.declaration)
    for key in ["rope_scaling", "rope_parameters", "original_max_position_embeddings"] { editor.remove(key) }
    editor.merge(editor.change([("rope_parameters", .object(pairs + dictionary))]))
    return editor.edited(by: text)
  }
}
