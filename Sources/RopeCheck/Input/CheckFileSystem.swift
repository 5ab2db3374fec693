import Foundation
import RopeConfig
import RopeJSON

/// How the checker reaches files, so that it can be given others than the disk's.
public struct CheckFileSystem: Sendable {
  public enum Kind: Sendable { case file, folder, missing }

  public var kind: @Sendable (String) -> Kind
  /// Names in a folder, sorted; empty where it cannot be listed.
  public var names: @Sendable (String) -> [String]
  /// The file's bytes; throws where it cannot be read or is too large.
  public var read: @Sendable (String) throws(ConfigurationError) -> [UInt8]
  /// The same file's one name behind all links, for the detection of loops.
  public var canonical: @Sendable (String) -> String

  public init(
    kind: @escaping @Sendable (String) -> Kind, names: @escaping @Sendable (String) -> [String],
    read: @escaping @Sendable (String) throws(ConfigurationError) -> [UInt8],
    canonical: @escaping @Sendable (String) -> String
  ) {
    self.kind = kind
    self.names = names
    self.read = read
    self.canonical = canonical
  }

  public static let disk = CheckFileSystem(
    kind: { path in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .missing }
      return isFolder.boolValue ? .folder : .file
    },
    names: { ((try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? []).sorted() },
    read: { path throws(ConfigurationError) in try ModelLoader.bytes(path) },
    canonical: { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path })

  /// Files in memory, by path.
  public static func memory(_ files: [String: String]) -> CheckFileSystem {
    CheckFileSystem(
      kind: { path in
        if files[path] != nil { return .file }
        return path == "." || files.keys.contains { $0.hasPrefix(path + "/") } ? .folder : .missing
      },
      names: { folder in
        let prefix = folder == "." ? "" : folder + "/"
        let inside = files.keys.filter { $0.hasPrefix(prefix) }.compactMap {
          $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
        }
        return Set(inside).sorted()
      },
      read: { path throws(ConfigurationError) in
        guard let text = files[path] else {
          throw ConfigurationError(.unreadable, "the file cannot be read", path: path)
        }
        return Array(text.utf8)
      },
      canonical: { $0 == "." ? "/" : $0.hasPrefix("/") ? $0 : "/" + $0 })
  }
}
