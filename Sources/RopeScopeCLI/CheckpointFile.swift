import Foundation
import RopeInference
import RopeReport

/// A checkpoint as a file of JSON lines, one a finished piece, each written whole before the next piece begins. A line
/// that an interruption cut short is left aside.
struct CheckpointFile {
  let path: String

  /// What the file holds, and a writer that adds to it.
  ///
  /// - Throws: `Failure` where the file is no checkpoint or cannot be written.
  func checkpoint(model: String) throws -> EvaluationCheckpoint {
    let files = FileManager.default
    var entries: [EvaluationCheckpoint.Entry] = []
    var isCut = false
    if let data = files.contents(atPath: path), !data.isEmpty {
      let lines = data.split(separator: UInt8(ascii: "\n"))
      let decoder = JSONDecoder()
      entries = lines.compactMap { try? decoder.decode(EvaluationCheckpoint.Entry.self, from: $0) }
      guard !entries.isEmpty || lines.count == 1 else {
        throw Failure(kind: "malformed", "the file is no checkpoint of an evaluation; name a new one", path: path, line: 1)
      }
      isCut = data.last != UInt8(ascii: "\n")
      guard !entries.isEmpty || (isCut && data.starts(with: Array("{\"key\"".utf8).prefix(data.count))) else {
        throw Failure(kind: "malformed", "the file is no checkpoint of an evaluation; name a new one", path: path, line: 1)
      }
    } else if !files.fileExists(atPath: path) {
      try OutputFile.write([UInt8](), to: path)
    }
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw Failure(kind: "output", "the checkpoint cannot be written", path: path)
    }
    _ = try? handle.seekToEnd()
    do {
      if isCut { try handle.write(contentsOf: Data([UInt8(ascii: "\n")])) }
    } catch {
      throw Failure(kind: "output", "the checkpoint cannot be written", path: path)
    }
    return EvaluationCheckpoint(model: model, entries: entries) { entry in
      // Losses that are not numbers have no JSON and are computed again, as are pieces that a full disk did not take.
      guard let line = try? JSONText.encodeBytes(entry) else { return }
      try? handle.write(contentsOf: Data(line + [UInt8(ascii: "\n")]))
    }
  }
}
