import CRopeSystem
import Foundation

/// Everything that one command writes, as one set: each path is judged before anything is computed, all files are on the
/// disk before the first of them takes its name, and none is ever seen half-written. Nothing else opens files for writing.
///
/// A regular file is replaced whole and keeps its mode and owner. A link stays, and what it leads to is written. Devices,
/// pipes and the program's own descriptors are written in place. What a run that was killed has left is finished or
/// removed by the next one that writes to the same folder.
package struct Outputs: Sendable {
  private let inputs: [FileIdentity: String]
  private let force: Bool
  private let tables: [String]
  private var files: [(place: OutputPlace, asked: String, bytes: [UInt8])] = []
  private var folders: [FolderOutput] = []

  /// - Parameters:
  ///   - inputs: paths of what the command reads; those that are not there are left aside.
  ///   - readsStandardInput: whether the file behind descriptor 0 is one of them.
  ///   - force: whether data files that RopeScope did not write may be replaced.
  ///   - tables: first lines of the tables that RopeScope writes.
  package init(inputs: [String] = [], readsStandardInput: Bool = false, force: Bool = false, tables: [String] = []) {
    var known: [FileIdentity: String] = [:]
    for path in inputs { if let identity = FileIdentity(path: path) { known[identity] = path } }
    if readsStandardInput, let identity = FileIdentity(descriptor: 0) { known[identity] = "standard input" }
    self.inputs = known
    self.force = force
    self.tables = tables
  }

  // MARK: Before anything is computed

  /// Whether a file may be written there.
  ///
  /// - Parameter isImplied: whether its name follows from another output's.
  /// - Throws: `OutputError` where it is an input, a folder, somebody else's data, or out of reach.
  package func expect(_ path: String, isImplied: Bool = false) throws(OutputError) {
    _ = try judge(path, isImplied: isImplied, inside: nil)
  }

  /// Whether files of these names may be written into a folder.
  package func expect(_ names: [String], in folder: String) throws(OutputError) {
    let output = FolderOutput(asked: folder, kind: .own, files: [])
    _ = try output.locate()
    if let identity = FileIdentity(path: folder), let input = inputs[identity] { throw isInput(folder, input) }
    for name in names {
      let path = folder + "/" + (try output.place(name))
      if let identity = FileIdentity(path: path), let input = inputs[identity] { throw isInput(path, input) }
    }
  }

  private func isInput(_ path: String, _ input: String) -> OutputError {
    OutputError(
      path: path,
      reason: "the same command reads this\(input == path ? "" : ", as “\(input)”"); give the output another name")
  }

  private func judge(_ path: String, isImplied: Bool, inside root: String?) throws(OutputError) -> OutputPlace {
    let place = try OutputPlace(path, inside: root)
    guard case .file(let file) = place else { return place }
    if let identity = FileIdentity(path: file.path), let input = inputs[identity] { throw isInput(path, input) }
    try check(file, path, isImplied: isImplied)
    return place
  }

  private func check(_ file: FilePlace, _ path: String, isImplied: Bool) throws(OutputError) {
    guard !force, !OwnFile.mayReplace(file, isImplied: isImplied, tables: tables) else { return }
    throw OutputError(
      path: path,
      reason:
        "the file that is there was not written by ropescope\(isImplied ? " as part of such an output" : ""); give another name, or --force to replace it"
    )
  }

  // MARK: Taking files

  /// - Parameter root: a folder that a link must not lead out of.
  /// - Throws: `OutputError` as `expect` does, and for two outputs of one name.
  package mutating func add(
    _ bytes: [UInt8], to path: String, isImplied: Bool = false, inside root: String? = nil
  ) throws(OutputError) {
    let place = try judge(path, isImplied: isImplied, inside: root)
    if let file = place.file {
      if let other = files.first(where: { $0.place.file?.path == file.path }) {
        throw OutputError(path: path, reason: "this is also the output “\(other.asked)”; give them two names")
      }
    }
    files.append((place, path, bytes))
  }

  /// A changed form of a file that was read, which is meant to be replaced.
  package mutating func change(_ bytes: [UInt8], of path: String, inside root: String?) throws(OutputError) {
    files.append((try OutputPlace(path, inside: root), path, bytes))
  }

  /// The files of a report's folder. What was written there by an earlier run goes, what its user added stays.
  package mutating func add(folder path: String, _ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
    try take(FolderOutput(asked: path, kind: .own, files: files))
  }

  /// Files in a folder that holds others too.
  package mutating func add(
    _ files: [(path: String, bytes: [UInt8])], under path: String, isImplied: Bool = false
  ) throws(OutputError) {
    try take(FolderOutput(asked: path, kind: .shared, files: files), isImplied: isImplied)
  }

  private mutating func take(_ output: FolderOutput, isImplied: Bool = false) throws(OutputError) {
    try expect(output.files.map(\.path), in: output.asked)
    for file in output.files {
      let path = output.asked + "/" + file.path
      let place = output.asked + "/" + (try output.place(file.path))
      let (folder, name) = OutputPlace.split(place)
      try check(FilePlace(folder: folder, name: name, asked: path), path, isImplied: isImplied)
    }
    folders.append(output)
  }

  /// A folder that holds these files and nothing else.
  ///
  /// - Throws: `OutputError`; the old folder stands then.
  package static func replace(folder path: String, _ files: [(path: String, bytes: [UInt8])]) throws(OutputError) {
    var outputs = Outputs()
    outputs.folders.append(FolderOutput(asked: path, kind: .whole, files: files))
    try outputs.commit()
  }

  /// Makes a folder, and the one around it.
  ///
  /// - Throws: `OutputError` where more than these two are missing, or the system refuses.
  package static func makeFolder(_ path: String) throws(OutputError) {
    let (parent, name, isThere) = try FolderOutput(asked: path, kind: .shared, files: []).locate()
    guard !isThere else { return }
    for folder in [parent, parent + "/" + name] where mkdir(folder, 0o777) != 0 && errno != EEXIST {
      throw OutputError(path: path, code: errno)
    }
  }

  /// Finishes or removes what runs that were killed have left in a folder.
  ///
  /// - Returns: whether there was anything.
  @discardableResult
  package static func sweep(_ folder: String) -> Bool { (try? OpenFolder(folder)).map(Leftovers.sweep) ?? false }

  // MARK: Writing

  /// Writes everything, or nothing.
  ///
  /// - Returns: what a reader should know of files of earlier runs.
  /// - Throws: `OutputError`.
  @discardableResult
  package consuming func commit() throws(OutputError) -> [String] {
    // A pipe may have no reader yet: waiting for one ends with a signal, since nothing is begun.
    for (place, asked, bytes) in files { try Self.write(bytes, inPlace: place, asked: asked) }
    rope_writing_begin()
    defer { rope_writing_end() }
    do {
      return try write()
    } catch let error as OutputError {
      throw error
    } catch {
      throw OutputError(path: files.first?.asked ?? folders.first?.asked ?? "", reason: "\(error)")
    }
  }

  private func write() throws -> [String] {
    var groups: [(folder: String, files: [(place: FilePlace, bytes: [UInt8])])] = []
    for (place, _, bytes) in files {
      guard let file = place.file else { continue }
      if case .fileInNewFolder = place, mkdir(file.folder, 0o777) != 0, errno != EEXIST {
        throw OutputError(path: file.asked, code: errno)
      }
      if let group = groups.firstIndex(where: { $0.folder == file.folder }) {
        groups[group].files.append((file, bytes))
      } else {
        groups.append((file.folder, [(file, bytes)]))
      }
    }
    var staged: [StagedSet] = []
    do {
      for group in groups {
        let folder = try OpenFolder(group.folder)
        Leftovers.sweep(folder)
        staged.append(try StagedSet(group.files, in: folder))
      }
      for set in staged { try set.seal() }
    } catch {
      for set in staged { set.discard() }
      throw error
    }
    for (number, set) in staged.enumerated() {
      do { try set.takePlaces() } catch {
        for rest in staged[number...] { rest.discard() }
        throw error
      }
    }
    return try folders.flatMap { try $0.commit() }
  }

  private static func write(_ bytes: [UInt8], inPlace place: OutputPlace, asked: String) throws(OutputError) {
    switch place {
    case .file, .fileInNewFolder: break
    case .descriptor(let descriptor): try FileBytes.write(bytes, to: descriptor, path: asked)
    case .stream(let path):
      let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | (path.hasPrefix("/proc/") ? O_APPEND : 0))
      guard descriptor >= 0 else { throw OutputError(path: asked, code: errno) }
      do { try FileBytes.write(bytes, to: descriptor, path: asked) } catch {
        close(descriptor)
        throw error
      }
      guard close(descriptor) == 0 else { throw OutputError(path: asked, code: errno) }
    }
  }
}

extension OutputPlace {
  /// Nil for what is written in place.
  var file: FilePlace? {
    switch self {
    case .file(let file), .fileInNewFolder(let file): file
    case .stream, .descriptor: nil
    }
  }
}
