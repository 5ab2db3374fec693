import Foundation
import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath

/// Files of measurements: the records of evaluations, and tables of anybody's numbers.
public enum MeasuredFile {
  /// Rows of a table or entries of a list at most.
  static let mostEntries = 1_000_000
  /// Methods, benchmarks and lengths of a file at most; no figure shows as many.
  static let mostMethods = 1_000
  static let mostLengths = 4_096

  /// Reads an evaluation's record, or CSV as `MeasuredTable` describes it, told apart by the first byte that is no
  /// blank.
  ///
  /// - Throws: `ConfigurationError` with line and column.
  public static func read(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> Measurements {
    let source = SourceText(bytes: bytes, path: path)
    let name = MeasuredName.visible(URL(fileURLWithPath: path).lastPathComponent)
    let identity = Self.identity(of: name, bytes)
    let first = bytes.first { !" \t\r\n".utf8.contains($0) && ![0xEF, 0xBB, 0xBF].contains($0) }
    guard let first else { throw source.error(.malformed, "the file is empty", at: 0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return try held(MeasuredTable(source, name: name, identity: identity).measurements(), source)
    }
    return try held(MeasuredDocument.measurements(source, name: name, identity: identity), source)
  }

  /// - Throws: `ConfigurationError` for more methods or lengths than are read.
  private static func held(_ all: Measurements, _ source: SourceText) throws(ConfigurationError) -> Measurements {
    for (count, most, what) in [
      (all.methods.count, mostMethods, "methods"), (all.benchmarks.count, mostMethods, "benchmarks"),
      (all.lengths.count, mostLengths, "lengths"), (Set(all.retrieval.map(\.depth)).count, mostMethods, "depths"),
    ] where count > most {
      throw source.error(.invalid, "the file has \(count) \(what), at most \(most) are read", at: 0)
    }
    return all
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
