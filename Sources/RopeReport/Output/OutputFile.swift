import Foundation

/// Writes files whole or not at all: bytes go to a new file beside the old one, which then takes its name.
public enum OutputFile {
  /// Writes one file, making the folders on its way.
  public static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(OutputError) {
    let staged = try stage(Array(bytes), for: path)
    try commit(staged, to: path)
  }

  /// Writes several files under `folder`: none takes its name before all are safely on the disk.
  public static func write(_ files: [(path: String, bytes: [UInt8])], under folder: String) throws(OutputError) {
    var staged: [(temporary: String, path: String)] = []
    do {
      for file in files {
        let path = folder + "/" + file.path
        staged.append((try stage(file.bytes, for: path), path))
      }
    } catch {
      for entry in staged { unlink(entry.temporary) }
      throw error
    }
    for (index, entry) in staged.enumerated() {
      do {
        try commit(entry.temporary, to: entry.path)
      } catch {
        for rest in staged[index...] { unlink(rest.temporary) }
        throw error
      }
    }
  }

  private static func stage(_ bytes: [UInt8], for path: String) throws(OutputError) -> String {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw OutputError(path: folder, reason: "the folder cannot be made")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw OutputError(path: path, reason: "it is a folder, a file was asked for")
    }
    let temporary = folder + "/.\(url.lastPathComponent).partial-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: reason()) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = reason()
        close(descriptor)
        unlink(temporary)
        throw OutputError(path: path, reason: reason)
      }
      sent += count
    }
    guard close(descriptor) == 0 else {
      let reason = reason()
      unlink(temporary)
      throw OutputError(path: path, reason: reason)
    }
    return temporary
  }

  private static func commit(_ temporary: String, to path: String) throws(OutputError) {
    guard rename(temporary, path) == 0 else {
      let reason = reason()
      unlink(temporary)
      throw OutputError(path: path, reason: reason)
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
