import ArgumentParser
import RopeText

/// Commands as pages: what `--help` prints.
enum CommandPage {
  static let all: [Topic] = RopeScope.configuration.groupedSubcommands.flatMap(\.subcommands).flatMap {
    topics($0, name: [$0.configuration.commandName ?? ""])
  }

  private static func topics(_ type: any ParsableCommand.Type, name: [String]) -> [Topic] {
    let title = type.configuration.abstract
    let own = Topic(.command, name.joined(separator: "-"), title: title) { _, page in
      page.add("ropescope \(name.joined(separator: " "))", lines(of: type), as: .code)
    }
    return [own]
      + type.configuration.subcommands.flatMap { topics($0, name: name + [$0.configuration.commandName ?? ""]) }
  }

  private static func lines(of type: any ParsableCommand.Type) -> [String] {
    RopeScope.helpMessage(for: type, includeHidden: false, columns: 90).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { "  \($0)" }
  }
}
