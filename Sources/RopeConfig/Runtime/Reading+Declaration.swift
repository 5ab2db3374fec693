import RopeJSON
import RopeMath

extension Reading {
  /// What a runtime would be handed: the file's own configuration, or one that says what the options said.
  ///
  /// - Throws: `ConfigurationError` where there is neither a file nor a geometry.
  public func runtimeDeclaration() throws(ConfigurationError) -> Declaration {
    if let declaration { return declaration }
    guard let geometry = layerTypes.first?.geometry else {
      throw ConfigurationError(refusing: "\(name) has no rotated layers")
    }
    let members: [(String, JSONNode)] = [
      ("head_dim", .count(geometry.headDimension)),
      ("rotary_dim", .count(geometry.rotaryDimension)),
      ("rope_theta", .float(geometry.base)),
      ("rope_interleave", .flag(geometry.pairing != .half)),
      ("max_position_embeddings", .count(geometry.trainedLength)),
    ]
    do { return try Declaration(SourceText(bytes: Array(JSONNode.object(members).line.utf8), path: source)) } catch {
      throw ConfigurationError(refusing: error.message)
    }
  }
}
