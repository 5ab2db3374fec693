import Foundation

/// Hashes of files, each read once a run; those of large files are kept in the database with size and time of change.
final class FileHashes: @unchecked Sendable {
  private let database: ResultsDatabase
  private let lock = NSLock()
  private var known: [String: String?] = [:]

  /// Bytes from which on a hash is worth keeping.
  private static let largeFile = 1 << 24

  init(_ database: ResultsDatabase) { self.database = database }

  /// Nil where there is no regular file or it cannot be read.
  func hash(_ path: String) throws(BatchError) -> String? {
    if let known = lock.withLock({ known[path] }) { return known }
    let hash = try compute(path)
    lock.withLock { known[path] = .some(hash) }
    return hash
  }

  private func compute(_ path: String) throws(BatchError) -> String? {
    var status = stat()
    // Devices and pipes may never end.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let isLarge = Int(status.st_size) >= Self.largeFile
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    let stamp = InputStamp(size: Int(status.st_size), modified: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    if isLarge, let hash = try database.inputHash(path, stamp) { return hash }
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    var fingerprint = Fingerprint()
    while true {
      let part: Data?
      do { part = try handle.read(upToCount: 1 << 20) } catch { return nil }
      // Nil or empty at the end.
      guard let part, !part.isEmpty else { break }
      part.withUnsafeBytes { fingerprint.add($0) }
    }
    if isLarge { try database.keepInputHash(path, stamp, fingerprint.text) }
    return fingerprint.text
  }
}

/// What tells a file that was changed from one that was not, without reading it.
struct InputStamp: Sendable, Equatable {
  var size: Int
  /// Seconds since 1970.
  var modified: Double
}
