import Foundation

/// What RopeScope wrote into a folder, kept in the folder: what a later run may replace or remove without loss.
struct FolderManifest: Codable, Equatable {
  struct File: Codable, Equatable {
    let path: String
    let bytes: Int
    let hash: String
  }

  static let name = ".ropescope.json"
  private static let schema = "ropescope.folder/1"

  private(set) var schema = Self.schema
  /// Sorted by path.
  let files: [File]
  /// Whether the folder was made for these files, so that it may be exchanged whole.
  let own: Bool

  init(_ files: [(path: String, bytes: [UInt8])], own: Bool) {
    self.files = files.map { File(path: $0.path, bytes: $0.bytes.count, hash: Self.hash($0.bytes)) }
      .sorted { $0.path < $1.path }
    self.own = own
  }

  /// That of a folder; nil where there is none, or what has its name is none.
  init?(of folder: OpenFolder) {
    guard let bytes = folder.bytes(Self.name, limit: 1 << 22),
      let read = try? JSONDecoder().decode(FolderManifest.self, from: Data(bytes)), read.schema == Self.schema
    else { return nil }
    self = read
  }

  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8]((try? encoder.encode(self)) ?? Data()) + [0x0A]
  }

  func names(_ path: String) -> Bool { files.contains { $0.path == path } }

  /// Whether the file is still as it was written. One that was changed is its user's.
  func isUnchanged(_ path: String, in folder: OpenFolder) -> Bool {
    guard let file = files.first(where: { $0.path == path }) else { return false }
    let (parent, name) = OutputPlace.split(path)
    guard let place = try? folder.folder(parent == "." ? "" : parent), let status = place.status(name),
      status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == file.bytes, let bytes = place.bytes(name)
    else { return false }
    return Self.hash(bytes) == file.hash
  }

  /// Files of this manifest that a new one does not name, and that nobody has changed.
  func stale(after new: FolderManifest, in folder: OpenFolder) -> [String] {
    files.map(\.path).filter { !new.names($0) && isUnchanged($0, in: folder) }
  }

  /// Tells whether a file was changed, not by whom: 64 bits, eight bytes at a time.
  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    bytes.withUnsafeBytes { bytes in
      var place = 0
      while place + 8 <= bytes.count {
        hash =
          (hash ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))) &* 0x100_0000_01B3
        hash ^= hash >> 29
        place += 8
      }
      for byte in bytes[place...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return String(hash, radix: 16)
  }
}
