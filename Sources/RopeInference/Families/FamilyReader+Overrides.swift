import RopeConfig
import RopeJSON

/// What `per_layer_config` gives single layers.
extension FamilyReader {
  /// The key heads of layers that have a number of their own; the size of their heads is read with the rotation.
  ///
  /// - Throws: `InferenceError.configuration` where it gives a layer anything else.
  func ownKeyValueHeads() throws(InferenceError) -> [Int: Int] {
    guard let layers = model.value(["per_layer_config"]) else { return [:] }
    return try declared { declaration throws(ConfigurationError) in
      var heads: [Int: Int] = [:]
      for entry in layers.node.members ?? [] {
        guard let index = Int(entry.key), let layer = layers.member(entry.key) else { continue }
        for member in layer.node.members ?? [] {
          guard let value = layer.member(member.key) else { continue }
          switch member.key {
          case "head_dim": break
          case "num_key_value_heads": heads[index] = try declaration.integer(value, in: 1...1 << 24)
          default:
            throw declaration.error("“\(member.key)” of a single layer is not read by the forward pass", at: value)
          }
        }
      }
      return heads
    }
  }
}
