import Foundation
import RopeConfig
import RopeJSON

/// The trainer of a run: its format, and its file where there is one.
struct TrainerFile {
  let format: CommandFormat
  let path: String?
  let text: String?

  /// - Parameter named: a file, or a format's name.
  /// - Throws: `Failure` where it is neither.
  init(_ named: String) throws {
    if let format = CommandFormats.written(named: named) {
      self.format = format
      path = nil
      text = nil
      return
    }
    guard FileManager.default.fileExists(atPath: named) else {
      throw Failure.usage(
        "--train “\(named)”: neither a file nor a trainer; known are \(CommandFormats.writtenNames.joined(separator: ", "))"
      )
    }
    let source = try SourceFile.text(named)
    let name = URL(fileURLWithPath: named).lastPathComponent
    guard let command = try CommandReader.commands(in: source, name: name).first else {
      throw Failure.usage("--train \(named) holds no run of a known trainer")
    }
    format = command.format
    path = named
    text = String(decoding: source.bytes, as: UTF8.self)
  }
}
