import RopeJSON

/// Scaling that a key of the file asks for and that only code of the model's own, or a patch, computes: no class of
/// transformers reads the key.
public struct OwnCodeScaling: Sendable {
  /// The key's value.
  public let place: DeclaredValue
  /// Whose code reads it.
  public let program: String
  /// The method that it computes, as `rope_type`.
  public let type: String
  public let factor: Double

  private static let rows: [(key: String, program: String, type: String)] = [
    // `fastchat/model/llama_condense_monkey_patch.py`: positions are divided by it (LongChat, Vicuna 16k).
    ("rope_condense_ratio", "FastChat", "linear")
  ]

  /// What a file asks for beside a scaling dictionary; nil where it has one, or asks for nothing.
  public static func found(in declaration: Declaration) -> OwnCodeScaling? {
    guard !declaration.hasDictionary else { return nil }
    for row in rows {
      guard let place = declaration.value(anyOf: [row.key]), let factor = place.node.finiteNumber, factor > 1 else {
        continue
      }
      return OwnCodeScaling(place: place, program: row.program, type: row.type, factor: factor)
    }
    return nil
  }
}
