import Foundation

/// One regular file that is written beside its place and then takes it.
struct StagedFile {
  private let temporary: TemporaryEntry
  private let place: FilePlace

  /// - Throws: `OutputError`; nothing is left behind then.
  init(_ bytes: [UInt8], for place: FilePlace, in folder: OpenFolder) throws(OutputError) {
    self.place = place
    let former = folder.status(place.name)
    temporary = try TemporaryEntry(file: former == nil ? 0o666 : 0o600, in: folder, for: place.asked)
    do {
      try FileBytes.write(bytes, to: temporary.descriptor, path: place.asked)
      if let former { FileBytes.keep(former, on: temporary.descriptor) }
      try FileBytes.sync(temporary.descriptor, path: place.asked)
    } catch {
      temporary.remove()
      throw error
    }
  }

  func discard() { temporary.remove() }

  func takePlace() throws(OutputError) {
    let folder = temporary.folder
    guard renameat(folder.descriptor, temporary.name, folder.descriptor, place.name) == 0 else {
      let code = errno
      temporary.remove()
      throw OutputError(path: place.asked, code: code)
    }
    folder.sync()
  }
}
