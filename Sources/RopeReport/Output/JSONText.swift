import Foundation

/// The product's JSON: sorted keys, slashes as they are, numbers that read back exactly.
public enum JSONText {
  public static func encode(_ value: some Encodable) throws -> String {
    String(decoding: try encodeBytes(value), as: UTF8.self)
  }

  public static func encodeBytes(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}
