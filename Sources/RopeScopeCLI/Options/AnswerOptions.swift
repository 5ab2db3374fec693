import ArgumentParser

/// Where a command's answer goes.
struct AnswerOptions: ParsableArguments {
  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file instead of standard output (-).")
  var file: String = "-"

  func give(_ text: String, _ console: Console) throws { try Answer.give(text, to: file, console) }
}
