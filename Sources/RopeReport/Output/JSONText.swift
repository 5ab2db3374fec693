import RopeJSON
import RopeText

/// The product's JSON: sorted keys, slashes as they are, numbers that read back exactly.
public enum JSONText {
  public static func encode(_ value: some Encodable) throws -> String {
    Escaping.json(String(decoding: try encodeBytes(value), as: UTF8.self))
  }

  /// - Throws: `EncodingError.invalidValue` for a number that is not finite.
  public static func encodeBytes(_ value: some Encodable) throws -> [UInt8] { try EncodedJSON.bytes(of: value) }
}
