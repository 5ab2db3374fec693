import RopeJSON
import RopeMath

extension Reading {
  /// What a runtime would be handed: the file's own configuration, or one that says what the options said.
  ///
  /// - Throws: `ConfigurationError` where there is neither a file nor a geometry.
  public func runtimeDeclaration() throws(ConfigurationError) -> Declaration {
    if let declaration { return declaration }
    guard let geometry = layerTypes.first?.geometry else { throw ConfigurationError(refusing: "\(name) has no rotated layers") }
    let members: [(String, EditedValue)] = [
      ("head_dim", .literal(String(geometry.headDimension))),
      ("rotary_dim", .literal(String(geometry.rotaryDimension))),
      ("rope_theta", .float(geometry.base)),
      ("rope_interleave", .literal(geometry.pairing == .half ? "false" : "true")),
      ("max_position_embeddings", .literal(String(geometry.trainedLength))),
    ]
    do { return try Declaration(SourceText(bytes: Array(EditedValue(members).text.utf8), path: source)) } catch {
      throw ConfigurationError(refusing: error.message)
    }
  }
}
