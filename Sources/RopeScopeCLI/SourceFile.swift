import Foundation
import RopeJSON

/// Files that options name.
enum SourceFile {
  /// - Throws: `Failure` where it cannot be read.
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(kind: "unreadable", "the file cannot be read", path: path)
    }
    return [UInt8](data)
  }

  static func text(_ path: String) throws -> SourceText { SourceText(bytes: try bytes(path), path: path) }
}
