import Foundation
import RopeFiles
import RopeInference
import RopeReport

/// A checkpoint as a file of JSON lines, one a finished piece, each written whole before the next piece begins. A line
/// that an interruption cut short is left aside.
struct CheckpointFile {
  let path: String
  let times: PieceTimes

  /// What the file holds, and a writer that adds to it.
  ///
  /// - Throws: `Failure` where the file is no checkpoint, `OutputError` where it cannot be written.
  func checkpoint(model: String) throws -> EvaluationCheckpoint {
    let files = FileManager.default
    var entries: [EvaluationCheckpoint.Entry] = []
    var isCut = false
    if let data = files.contents(atPath: path), !data.isEmpty {
      let lines = data.split(separator: UInt8(ascii: "\n"))
      let decoder = JSONDecoder()
      entries = lines.compactMap { try? decoder.decode(EvaluationCheckpoint.Entry.self, from: $0) }
      guard !entries.isEmpty || lines.count == 1 else {
        throw Failure(
          kind: "malformed", "the file is no checkpoint of an evaluation; name a new one", path: path, line: 1)
      }
      isCut = data.last != UInt8(ascii: "\n")
      guard !entries.isEmpty || (isCut && data.starts(with: Array("{\"key\"".utf8).prefix(data.count))) else {
        throw Failure(
          kind: "malformed", "the file is no checkpoint of an evaluation; name a new one", path: path, line: 1)
      }
    }
    let lines = try LineFile(path)
    if isCut { try lines.add([]) }
    return EvaluationCheckpoint(
      model: model, entries: entries, found: { times.found($0.key, seconds: $0.seconds) }
    ) { entry in
      var entry = entry
      entry.seconds = times.finished(entry.key)
      // Losses that are not numbers have no JSON and are computed again, as are pieces that a full disk did not take.
      guard let line = try? JSONText.encodeBytes(entry) else { return }
      try? lines.add(line)
    }
  }
}
