import Foundation

/// The files of one command in one folder: one takes its place by itself, several are sealed first.
enum StagedSet {
  case one(StagedFile)
  case several(StagingFolder)

  /// - Throws: `OutputError`; nothing is left behind then.
  init(_ files: [(place: FilePlace, bytes: [UInt8])], in folder: OpenFolder) throws(OutputError) {
    if files.count == 1, let file = files.first {
      self = .one(try StagedFile(file.bytes, for: file.place, in: folder))
      return
    }
    let staging = try StagingFolder(in: folder, for: files.first?.place.asked ?? folder.path)
    do {
      for file in files {
        try staging.write(
          file.bytes, to: file.place.name, former: folder.status(file.place.name), asked: file.place.asked)
      }
    } catch {
      staging.remove()
      throw error
    }
    self = .several(staging)
  }

  func seal() throws(OutputError) {
    if case .several(let staging) = self { try staging.seal(.files(stale: [])) }
  }

  func takePlaces() throws(OutputError) {
    switch self {
    case .one(let file): try file.takePlace()
    case .several(let staging):
      try staging.takePlaces(stale: [], undoes: true)
      staging.remove()
    }
  }

  func discard() {
    switch self {
    case .one(let file): file.discard()
    case .several(let staging): staging.remove()
    }
  }
}
