import ArgumentParser

/// Options that every command takes.
struct OutputOptions: ParsableArguments {
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never
  }

  @Option(name: .long, help: "Colour in the terminal: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Only the answer: no notes on standard error.")
  var quiet = false

  @Flag(name: .long, help: "Say more on standard error.")
  var verbose = false

  /// NO_COLOR and FORCE_COLOR count where the choice is `auto`.
  func usesColour(_ console: Console) -> Bool {
    switch color {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = console.environment["NO_COLOR"], !value.isEmpty { return false }
      if let value = console.environment["FORCE_COLOR"], !value.isEmpty, value != "0" { return true }
      return console.outputIsTerminal && console.environment["TERM"] != "dumb"
    }
  }

  func note(_ text: String, _ console: Console) {
    if !quiet { console.note(text) }
  }
}
