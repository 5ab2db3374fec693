import ArgumentParser
import Foundation
import RopeConfig
import RopeJSON
import RopeMath

/// A serving or training command whose overrides are applied to the model first.
struct CommandOptions: ParsableArguments {
  @Option(
    name: .customLong("command"),
    help: """
      A serving or training command as typed, or @FILE with one (a script, a trainer's file, a manifest): its overrides \
      are applied in that program's own way.
      """)
  var text: String?

  @Option(help: "Which of the command's roles is meant: actor, rollout, ….")
  var role: String?

  /// The file of the command, and the models that it names.
  var inputs: [CommandInput] {
    guard let text else { return [] }
    let models = (try? Self.models(in: text)) ?? []
    return (CommandInput.reference(text).map { [$0] } ?? []) + models.map { .model($0) }
  }

  /// The models that the text's commands name.
  static func models(in text: String) throws -> [String] {
    try commands(in: text, option: "--command").compactMap(\.modelReference)
  }

  /// The commands of the text; nil where none is given.
  func commands(_ console: Console) throws -> [Command]? {
    guard let text else {
      guard role == nil else { throw Failure.usage("--role goes with --command") }
      return nil
    }
    return try Self.commands(in: text, option: "--command")
  }

  /// - Throws: `Failure` where the text holds no command of a known format.
  static func commands(in text: String, option: String) throws -> [Command] {
    let source: SourceText
    var name = "", settings: [String: String] = [:]
    if text.hasPrefix("@") {
      let path = String(text.dropFirst()), place = URL(fileURLWithPath: path)
      source = try SourceFile.text(path)
      name = place.lastPathComponent
      if let file = CommandReader.settingsFile(beside: name),
        let beside = try? SourceFile.text(place.deletingLastPathComponent().appendingPathComponent(file).path)
      {
        settings = CommandReader.settings(in: beside)
      }
    } else {
      source = SourceText(bytes: Array(text.utf8), path: option)
    }
    let commands = try CommandReader.commands(in: source, name: name, settings: settings)
    guard !commands.isEmpty else {
      throw Failure.usage(
        "\(option) holds no command of a known server or trainer: \(CommandFormats.all.distinct(\.title).joined(separator: ", "))"
      )
    }
    return commands
  }

  /// The role that is asked for, else the first.
  func chosen(_ subjects: [ModelSubject]) throws -> ModelSubject {
    guard let role else {
      guard let first = subjects.first else { throw Failure.usage("the command asks for nothing") }
      return first
    }
    if let match = subjects.first(where: { $0.chosen?.role == role }) { return match }
    let known = subjects.compactMap { $0.chosen?.role }.joined(separator: ", ")
    throw Failure.usage("the command has no role “\(role)”\(known.isEmpty ? "" : "; it has \(known)")")
  }
}
