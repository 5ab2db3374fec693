import ArgumentParser
import Foundation
import RopeFiles
import RopeReport

/// `ropescope render`: the files of a report made again from its record, without computing.
struct RenderCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Make a report's files again from its run.json, without computing.",
    discussion: """
      EXAMPLES:
        ropescope render Output/qwen2.5-7b-128k/run.json -o Output/again
        ropescope render run.json --templates my-templates -o Output/mine
        ropescope render run.json --lang zh -o Output/zh
      """)

  @Argument(help: "The record that a report left: run.json.", completion: .file(extensions: ["json"]))
  var record: String

  @OptionGroup var rendering: RenderOptions

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "Folder to write to; the record's own where left out.")
  var folder: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard let data = FileManager.default.contents(atPath: record) else {
      throw Failure(kind: "unreadable", "the file cannot be read", path: record)
    }
    let record: RunRecord
    do {
      record = try RecordFile.read(data)
    } catch {
      throw Failure(kind: "malformed", "\(error)", path: self.record)
    }
    let folder = folder ?? URL(fileURLWithPath: self.record).deletingLastPathComponent().path
    let own = folder + "/run.json"
    let isOwn = FileIdentity(path: own) == FileIdentity(path: self.record)
    if !isOwn, !writing.force, let other = FileManager.default.contents(atPath: own), other != data {
      throw Failure(
        kind: "output", "the folder holds another run's record; give -o another folder, or --force to replace that run",
        path: own)
    }
    var outputs = writing.outputs(reading: rendering.inputs + (isOwn ? [] : [.file(self.record)]))
    try outputs.expect(ReportFiles.names, in: folder)
    let files = try await rendering.files(for: record, console, output) + [(path: "run.json", bytes: [UInt8](data))]
    try outputs.add(folder: folder, files)
    for note in try outputs.commit() { output.note("note: \(note)", console) }
    output.note("wrote \(files.count) files under \(folder)", console)
    return .clean
  }
}
