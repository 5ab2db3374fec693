import Foundation

/// Files under `Tests/Fixtures`, found from this source file's place.
public enum Fixtures {
  public static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  public static let folder = tests.appendingPathComponent("Fixtures")
  public static let package = tests.deletingLastPathComponent()

  public static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  public static func data(_ path: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(path))
  }

  /// A JSON file as Foundation objects.
  public static func json(_ path: String) throws -> Any {
    try JSONSerialization.jsonObject(with: data(path))
  }

  /// Names of the files in a folder, sorted.
  public static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
  }
}
