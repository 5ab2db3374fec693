import Foundation
import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath

/// Files of measurements: the records of `evaluate perplexity` and `evaluate passkey`, and tables of anybody's numbers.
public enum MeasuredFile {
  /// Rows of a table or entries of a list at most.
  static let mostEntries = 1_000_000

  /// Reads `ropescope.perplexity/1`, `ropescope.passkey/1`, or CSV as `MeasuredTable` describes it, told apart by the
  /// first byte that is no blank.
  ///
  /// - Throws: `ConfigurationError` with line and column.
  public static func read(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> Measurements {
    let source = SourceText(bytes: bytes, path: path)
    let name = MeasuredName.visible(URL(fileURLWithPath: path).lastPathComponent)
    let identity = Self.identity(of: name, bytes)
    let first = bytes.first { !" \t\r\n".utf8.contains($0) && ![0xEF, 0xBB, 0xBF].contains($0) }
    guard let first else { throw source.error(.malformed, "the file is empty", at: 0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return try MeasuredTable(source, name: name, identity: identity).measurements()
    }
    return try MeasuredDocument(source, name: name, identity: identity).measurements()
  }

  /// A name that tells apart files that are called alike: `perplexity.json#` and a hash of the bytes.
  private static func identity(of name: String, _ bytes: [UInt8]) -> String {
    var hash = StableHash()
    bytes.withUnsafeBytes { hash.add($0) }
    return "\(name)#\(String(hash.value, radix: 16))"
  }

  public static func read(path: String) throws(ConfigurationError) -> Measurements {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(.unreadable, "the file cannot be read", path: path)
    }
    return try read([UInt8](data), path: path)
  }
}
