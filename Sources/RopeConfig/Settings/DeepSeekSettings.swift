import RopeJSON
import RopeMath

/// Arguments of DeepSeek's own inference code, a JSON file of its own.
enum DeepSeekSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    guard request.main?.id == "yarn" else { throw request.refusal() }
    let values = try request.yarn()
    guard values.attentionFactor == 1 else {
      throw ConfigurationError(refusing: 
        """
        the reference code puts the whole temperature into the softmax scale; a factor on cos and sin of \
        \(values.attentionFactor.formattedShortest) cannot be said
        """
      )
    }
    let members: [(String, EditedValue)] = [
      ("rope_theta", .float(request.geometry.base)), ("rope_factor", .float(values.factor)),
      ("original_seq_len", .count(values.original)), ("beta_fast", .count(values.betaFast)),
      ("beta_slow", .count(values.betaSlow)), ("mscale", .float(request.latentCoefficient)),
      ("max_seq_len", .literal(String(request.length))),
    ]
    let scaling: [(String, EditedValue)] = [
      ("type", .text("yarn")), ("factor", .float(values.factor)),
      ("original_max_position_embeddings", .count(values.original)),
      ("beta_fast", .float(values.betaFast)), ("beta_slow", .float(values.betaSlow)),
      ("mscale", .float(request.latentCoefficient)),
    ]
    var edited = EditedConfiguration(request.declaration)
    edited.set("rope_parameters", to: nil)
    edited.set("rope_theta", to: .float(request.geometry.base))
    edited.set("rope_scaling", to: EditedValue(scaling))
    return RuntimeSettings(.configuration, EditedValue(members).text, check: .configuration(edited))
  }
}
