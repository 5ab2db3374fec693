import Foundation
import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeTemplates

/// Files of measured moments, and those inside the binary.
public enum StatisticsFile {
  /// Models whose moments are shipped.
  public static let shipped = Statistics.files.keys.sorted()

  /// A shipped file by its model's name, else the file at a path.
  ///
  /// - Throws: `ConfigurationError` where it does not read or holds something else.
  public static func read(_ name: String) throws(ConfigurationError) -> AttentionMoments {
    if let bytes = Statistics.files[name.lowercased()] { return try decode(Data(bytes), path: name) }
    guard let data = FileManager.default.contents(atPath: name) else {
      throw ConfigurationError(
        .unreadable,
        "the file cannot be read\(Nearest.hint(name, in: shipped)); shipped are \(shipped.joined(separator: ", "))",
        path: name)
    }
    return try decode(data, path: name)
  }

  private static func decode(_ data: Data, path: String) throws(ConfigurationError) -> AttentionMoments {
    let moments: AttentionMoments
    do {
      moments = try JSONDecoder().decode(AttentionMoments.self, from: data)
    } catch {
      // For line and column of what is no JSON at all.
      _ = try JSONParser.parse(SourceText(bytes: [UInt8](data), path: path))
      throw ConfigurationError(
        .invalid,
        "these are no moments of \(AttentionMoments.schema); ropescope evaluate statistics --compact writes them",
        path: path)
    }
    if let fault = moments.fault { throw ConfigurationError(.invalid, fault, path: path) }
    return try named(moments, path: path)
  }

  /// The moments with names that can be shown.
  private static func named(_ moments: AttentionMoments, path: String) throws(ConfigurationError) -> AttentionMoments {
    func name(_ text: String, _ key: String) throws(ConfigurationError) -> String {
      guard let name = MeasuredName.read(text) else {
        throw ConfigurationError(.invalid, MeasuredName.fault(key), path: path)
      }
      return name
    }
    var moments = moments
    moments.method = try name(moments.method, "method")
    if var setting = moments.setting {
      setting.model = try name(setting.model, "model")
      if let text = setting.text { setting.text = try name(text, "text") }
      moments.setting = setting
    }
    return moments
  }
}
