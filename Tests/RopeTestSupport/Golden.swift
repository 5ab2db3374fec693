import Foundation

/// Golden text files under `Tests/Golden`. `ROPESCOPE_UPDATE_GOLDENS=1` rewrites them; a missing one fails.
public enum Golden {
  public static let folder = Fixtures.tests.appendingPathComponent("Golden")

  /// Nil where `text` equals the golden, else what is wrong; a differing text is left beside it as `NAME.changed`.
  public static func difference(_ text: String, from name: String) -> String? {
    let file = folder.appendingPathComponent(name)
    let changed = file.appendingPathExtension("changed")
    if ProcessInfo.processInfo.environment["ROPESCOPE_UPDATE_GOLDENS"] == "1" {
      do {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try? FileManager.default.removeItem(at: changed)
        return nil
      } catch { return "golden \(name) cannot be written: \(error)" }
    }
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
      return "golden \(name) is missing; run the tests with ROPESCOPE_UPDATE_GOLDENS=1 and review it"
    }
    guard golden != text else { return nil }
    try? Data(text.utf8).write(to: changed)
    let lines = zip(
      golden.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false))
    let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
    let place = first.map {
      "line \($0.offset + 1): “\($0.element.0.prefix(120))” became “\($0.element.1.prefix(120))”"
    }
    return "golden \(name) differs (\(place ?? "length")); see \(name).changed"
  }
}
