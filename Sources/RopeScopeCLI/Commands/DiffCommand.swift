import ArgumentParser
import Foundation
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import RopeText

/// `ropescope diff`: which pairs of two configs differ, by how much, and from where it matters.
struct DiffCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell which pairs of two configs differ, by how much, from which position it matters.",
    discussion: """
      EXAMPLES:
        ropescope diff trained/config.json served/config.json
        ropescope diff llama-3-8b llama-3.1-8b --at 128k --format json

      Exit code 1: they differ.
      """)

  @Argument(
    help: "The first config, folder or preset; with --command, the model that its command is for.",
    completion: Completions.models)
  var first: String?

  @Argument(help: "The second one; the first again where left out.", completion: Completions.models)
  var second: String?

  @Option(help: "A command whose overrides are applied to the first, or @FILE with one; two roles of it are compared.")
  var command: String?

  @Option(name: .customLong("command-b"), help: "The same for the second.")
  var commandB: String?

  @Option(
    help: "The runtime that reads both; the newest transformers where left out.", completion: Completions.runtimes)
  var runtime: String?

  @Option(length: "Tokens in context; the larger window where left out.", names: ["at", "target"])
  var length: LengthArgument?

  @Option(help: "Phase difference, in radians, from which a position counts as other.")
  var threshold = 0.1

  @Flag(help: "Every pair that differs, with all digits; without it, eight of them.")
  var all = false

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard threshold > 0, threshold.isFinite else {
      throw Failure.usage("--threshold must be a positive number of radians")
    }
    let sides = try self.sides()
    guard let length = length?.tokens ?? sides.compactMap(\.length).max() else {
      throw Failure.usage("neither file names a window; give --at LENGTH")
    }
    let runtime = try RuntimeArguments.selection(runtime, strict: strict, default: [RuntimeCatalogue.reference])
      .runtimes.last
    for note in sides.flatMap(\.notes) { output.note("note: \(note)", console) }
    let declarations = try sides.map { try $0.rotating() }
    let difference = try PlanDifference(
      declarations[0], declarations[1], runtime: runtime ?? RuntimeCatalogue.reference, length: length,
      threshold: threshold)
    console.print(format == .json ? try JSONText.encode(difference) : text(difference, in: console.layout))
    return difference.differs ? .findings : .clean
  }

  /// The two sides: two models, one with and without a command, or two roles of one command.
  private func sides() throws -> [ModelSubject] {
    let left = try Self.roles(of: first, command: command, option: "--command")
    if second == nil, commandB == nil {
      guard command != nil else { throw Failure.usage("give two configurations, or a --command") }
      guard left.count == 1, let only = left.first else { return Array(left.prefix(2)) }
      let plain =
        try first.map { try ModelLoader.load($0) }
        ?? only.chosen?.command.modelReference.map { try ModelLoader.load(ofCommand: $0).reading }
      return try plain.map { try ModelSubject.roles(of: $0, []) + left } ?? left
    }
    let right = try Self.roles(of: second ?? first, command: commandB, option: "--command-b")
    return [left[0], right[0]]
  }

  private static func roles(of name: String?, command: String?, option: String) throws -> [ModelSubject] {
    let commands = try command.map { try CommandOptions.commands(in: $0, option: option) } ?? []
    if let name { return try ModelSubject.roles(of: ModelLoader.load(name), commands) }
    guard let named = commands.lazy.compactMap(\.modelReference).first else {
      throw Failure.usage(commands.isEmpty ? "give two configurations" : "the command names no model; give it as MODEL")
    }
    let (reading, note) = try ModelLoader.load(ofCommand: named)
    return try ModelSubject.roles(of: reading, commands, note: note)
  }

  private func text(_ difference: PlanDifference, in layout: TextLayout) -> String {
    var parts: [String] = []
    if !difference.keys.isEmpty {
      parts.append(
        TextTable(
          columns: [("value", .left), ("first", .left), ("second", .left)],
          rows: difference.keys.map { [$0.key, Self.words($0.first), Self.words($0.second)] }
        ).text(in: layout))
    }
    for layer in difference.layers {
      let methods = Set(layer.methods) == ["none"] ? "neither is scaled" : layer.methods.joined(separator: " against ")
      let heading = "\(layer.layers) layers at \(difference.length) tokens: \(methods)"
      parts.append((layout.line(heading) + layout.line(layer.sentence)).joined(separator: "\n"))
      if !layer.pairs.isEmpty { parts.append(pairs(of: layer, in: layout)) }
    }
    if !difference.unmatched.isEmpty {
      parts += layout.line("only one of them has: \(difference.unmatched.joined(separator: ", "))")
    }
    return parts.joined(separator: "\n\n")
  }

  /// Pairs that are shown without `--all`: the first and the last that differ, and others at equal distances.
  private static let shownPairs = 8

  private func pairs(of layer: PlanDifference.Layer, in layout: TextLayout) -> String {
    let count = layer.pairs.count
    let isWhole = all || count <= Self.shownPairs
    let shown = isWhole ? Array(0..<count) : (0..<Self.shownPairs).map { $0 * (count - 1) / (Self.shownPairs - 1) }
    let table = TextTable(
      columns: [
        ("pair", .right), ("θ′ first", .right), ("θ′ second", .right), ("off by", .right), ("phase error", .right),
        ("from position", .right),
      ],
      rows: shown.map { layer.pairs[$0] }.map { pair in
        [
          String(pair.pair), all ? pair.first.formattedShortest : Wording.number(pair.first, digits: 6),
          all ? pair.second.formattedShortest : Wording.number(pair.second, digits: 6),
          pair.relativeDifference.formatted(.percent.precision(.significantDigits(3))),
          "\((pair.phaseErrorRadians * 1000).rounded() / 1000) rad", pair.firstPosition.map(String.init) ?? "–",
        ]
      }, optional: ["phase error"]
    ).text(in: layout)
    return isWhole ? table : table + "\n" + "\(shown.count) of \(count) pairs that differ; --all shows them all"
  }

  /// A list of numbers by its length.
  private static func words(_ value: ParameterValue?) -> String {
    guard let value else { return "–" }
    if let numbers = value.numbers, numbers.count > 4 { return "[\(numbers.count) numbers]" }
    return value.description
  }
}
