import Foundation
import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeTemplates

/// Files of measured moments, and those inside the binary.
public enum StatisticsFile {
  /// Models whose moments are shipped.
  public static let shipped = Templates.statistics.keys.sorted()

  /// A shipped file by its model's name, else the file at a path.
  ///
  /// - Throws: `ConfigurationError` where it does not read or holds something else.
  public static func read(_ name: String) throws(ConfigurationError) -> AttentionMoments {
    if let text = Templates.statistics[name.lowercased()] { return try decode(Data(text.utf8), path: name) }
    guard let data = FileManager.default.contents(atPath: name) else {
      throw ConfigurationError(
        .unreadable,
        "the file cannot be read\(Nearest.hint(name, in: shipped)); shipped are \(shipped.joined(separator: ", "))",
        path: name)
    }
    return try decode(data, path: name)
  }

  private static func decode(_ data: Data, path: String) throws(ConfigurationError) -> AttentionMoments {
    let source = SourceText(bytes: [UInt8](data), path: path), root = try JSONParser.parse(source)
    guard root.member("schema")?.node.string == AttentionMoments.schema else {
      throw source.error(
        .invalid,
        "these are no moments of \(AttentionMoments.schema); ropescope evaluate statistics --compact writes them",
        at: root.bytes.lowerBound)
    }
    let rules = JSONRules(names: MeasuredName.keys, kept: MeasuredName.visible)
    let moments = try JSONNodeDecoder.decode(AttentionMoments.self, from: root, of: source, rules: rules)
    if let fault = moments.fault { throw ConfigurationError(.invalid, fault, path: path) }
    return moments
  }
}
