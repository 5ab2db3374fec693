import Foundation

/// Whether a file that an output would replace is RopeScope's own: files of data that somebody measured or wrote are not
/// replaced unasked.
enum OwnFile {
  /// - Parameters:
  ///   - place: a regular file that is there.
  ///   - isImplied: whether its name follows from that of another output, so that its user never wrote it. Then it has to
  ///     be of the same kind, and further endings are looked at.
  ///   - tables: first lines of the tables that RopeScope writes.
  static func mayReplace(_ place: FilePlace, isImplied: Bool, tables: [String]) -> Bool {
    let (stem, ending) = parts(place.path)
    let guarded = ["csv", "json", "npz", "safetensors"] + (isImplied ? ["tex", "md", "html"] : [])
    guard guarded.contains(ending) else { return true }
    var status = stat()
    guard lstat(place.path, &status) == 0, status.st_size > 0 else { return true }
    switch ending {
    case "json":
      guard let bytes = FileBytes.read(path: place.path, limit: 1 << 30) else { return false }
      if isImplied { return SchemaLook.text(at: ["schema"], in: bytes)?.hasPrefix("ropescope.figure/") ?? false }
      return hasSchema(bytes) || isFindings(bytes)
    case "csv":
      let start = beginning(place.path, count: 512)
      if tables.contains(where: { start.starts(with: Array(($0 + "\n").utf8)) }) { return true }
      return isFigure(stem + ".json")
    case "npz": return beginning(place.path, count: 64).starts(with: archiveStart) || hasSchema(stem + ".json")
    case "safetensors": return isTensors(place.path) || hasSchema(stem + ".json")
    case "tex":
      return beginning(place.path, count: 64).starts(with: Array("% \\usepackage{graphicx}\n\\begin{figure".utf8))
    default:
      // A page: its figures lie in the folder of its name.
      let inside = (try? FileManager.default.contentsOfDirectory(atPath: stem)) ?? []
      return inside.contains { $0.hasSuffix(".json") && isFigure(stem + "/" + $0) }
    }
  }

  static func parts(_ path: String) -> (stem: String, ending: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return (path, "") }
    return (String(path[..<dot]), path[path.index(after: dot)...].lowercased())
  }

  private static func beginning(_ path: String, count: Int) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = read(file, &bytes, count)
    return Array(bytes.prefix(max(0, got)))
  }

  private static func hasSchema(_ bytes: [UInt8]) -> Bool {
    SchemaLook.text(at: ["schema"], in: bytes)?.hasPrefix("ropescope.") ?? false
  }

  private static func hasSchema(_ path: String) -> Bool {
    FileBytes.read(path: path, limit: 1 << 30).map(hasSchema) ?? false
  }

  private static func isFigure(_ path: String) -> Bool {
    FileBytes.read(path: path, limit: 1 << 30).flatMap { SchemaLook.text(at: ["schema"], in: $0) }?
      .hasPrefix("ropescope.figure/") ?? false
  }

  /// SARIF has no place for a schema of our own; it names who wrote it.
  private static func isFindings(_ bytes: [UInt8]) -> Bool {
    SchemaLook.text(at: ["$schema"], in: bytes)?.contains("sarif") ?? false
      && ["", " "].contains { bytes.firstRange(of: Array("\"name\"\($0): \"ropescope\"".utf8)) != nil }
  }

  /// The header of a zip whose first member, without a time, is the one that `inspect --export` writes first.
  private static let archiveStart: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]

  private static func isTensors(_ path: String) -> Bool {
    let start = beginning(path, count: 1 << 16)
    guard start.count > 8 else { return false }
    return SchemaLook.text(at: ["__metadata__", "schema"], in: start[8...])?.hasPrefix("ropescope.") ?? false
  }
}
