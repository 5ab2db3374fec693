import Foundation

/// What finding a model asks of the environment and the disk; tests give another.
public struct ModelFiles: Sendable {
  public enum Kind: Sendable {
    case file
    case folder
  }

  /// An environment variable; nil where it is not set or empty.
  public var variable: @Sendable (String) -> String?
  /// What stands at a path; nil for nothing. Links are followed.
  public var kind: @Sendable (String) -> Kind?
  /// Names in a folder, sorted; none where it cannot be read.
  public var entries: @Sendable (String) -> [String]
  /// When a file or folder was changed, in seconds; larger is later.
  public var changed: @Sendable (String) -> Double
  /// The whole of a small text file; nil where it cannot be read.
  public var text: @Sendable (String) -> String?

  public init(
    variable: @escaping @Sendable (String) -> String?, kind: @escaping @Sendable (String) -> Kind?,
    entries: @escaping @Sendable (String) -> [String], changed: @escaping @Sendable (String) -> Double,
    text: @escaping @Sendable (String) -> String?
  ) {
    self.variable = variable
    self.kind = kind
    self.entries = entries
    self.changed = changed
    self.text = text
  }

  /// The process's own environment and disk.
  public static let disk = onDisk { name in
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The disk, with an environment of one's own.
  public static func onDisk(variable: @escaping @Sendable (String) -> String?) -> ModelFiles {
    ModelFiles(
      variable: variable,
      kind: { path in
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        return isFolder.boolValue ? .folder : .file
      },
      entries: { (try? FileManager.default.contentsOfDirectory(atPath: $0))?.sorted() ?? [] },
      changed: { path in
        let date = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        return date?.timeIntervalSinceReferenceDate ?? -.infinity
      },
      text: { path in (try? ModelLoader.bytes(path)).map { String(decoding: $0, as: UTF8.self) } })
  }
}
