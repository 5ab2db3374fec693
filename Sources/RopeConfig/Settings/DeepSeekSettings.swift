import RopeJSON
import RopeMath

/// Arguments of DeepSeek's own inference code, a JSON file of its own.
enum DeepSeekSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    guard request.main?.id == "yarn" else { throw request.refusal() }
    let values = try request.yarn()
    guard values.attentionFactor == 1 else {
      throw ConfigurationError(
        refusing: """
          the reference code puts the whole temperature into the softmax scale; a factor on cos and sin of \
          \(values.attentionFactor.formattedShortest) cannot be said
          """
      )
    }
    let coefficient = JSONNode.float(request.latentCoefficient)
    let members: [(String, JSONNode)] = [
      ("rope_theta", .float(request.geometry.base)), ("rope_factor", .float(values.factor)),
      ("original_seq_len", .count(values.original)), ("beta_fast", .count(values.betaFast)),
      ("beta_slow", .count(values.betaSlow)), ("mscale", coefficient), ("max_seq_len", .count(request.length)),
    ]
    let scaling: [(String, JSONNode)] = [
      ("type", .text("yarn")), ("factor", .float(values.factor)),
      ("original_max_position_embeddings", .count(values.original)),
      ("beta_fast", .float(values.betaFast)), ("beta_slow", .float(values.betaSlow)), ("mscale", coefficient),
    ]
    let text = JSONNode.object(members).line
    var editor = DeclarationEditor(request.declaration)
    editor.remove("rope_parameters")
    editor.merge(
      editor.change([("rope_theta", .float(request.geometry.base)), ("rope_scaling", .object(scaling))]))
    return [RuntimeSettings(.configuration, text, trial: .declaration(editor.edited(by: text)))]
  }
}
