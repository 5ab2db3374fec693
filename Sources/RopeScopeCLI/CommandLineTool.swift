import ArgumentParser
import CRopeSystem
import Foundation
import RopeBatch
import RopeCairo
import RopeConfig
import RopeFiles
import RopeInference
import RopeJSON
import RopeKernel
import RopeMath
import RopeReport
import RopeTemplates
import RopeTensors
import RopeText
import RopeTokenizer

/// The whole command line as a function: arguments and a console in, an exit code out.
package enum CommandLineTool {
  package static func run(_ arguments: [String], console: Console = .system) async -> Int32 {
    var console = console
    console.language = value(of: "--lang", in: arguments).flatMap(Language.named) ?? .english
    let status = await answer(arguments, console: console)
    if let reason = console.outputFailure() {
      console.note(
        Failure(kind: "output", "cannot write: \(reason)", path: "standard output").sentence(in: console.language))
      return ExitStatus.notDone.rawValue
    }
    return status == ExitStatus.interrupted.rawValue ? Interruption.status : status
  }

  /// What the program does before anything else, and no library should: it answers SIGINT and SIGTERM, and tells where a
  /// mapped file was cut short or memory was wanting; and it draws with the fonts that it was installed with.
  package static func guardProcess() {
    rope_memory_install()
    rope_signals_install()
    rope_mapped_install()
    GraphicsFault.tell()
    InstalledFontSettings.use()
  }

  private static func answer(_ arguments: [String], console: Console) async -> Int32 {
    do {
      guard !arguments.isEmpty else {
        console.write(.error, Array((RopeScope.helpMessage(columns: console.helpColumns) + "\n").utf8))
        return ExitStatus.notDone.rawValue
      }
      try refuseUnknownCommand(arguments)
      var command = try RopeScope.parseAsRoot(arguments)
      if let command = command as? any ScopeCommand { return try await command.run(in: console).rawValue }
      // The parser's own commands (help) answer by what they throw.
      try command.run()
      return ExitStatus.clean.rawValue
    } catch {
      return report(error, arguments: arguments, console: console)
    }
  }

  /// Help, version and completion scripts reach standard output; everything else is a failure.
  private static func report(_ error: any Error, arguments: [String], console: Console) -> Int32 {
    let failure: Failure
    switch error {
    case InferenceError.cancelled: return ExitStatus.interrupted.rawValue
    case let known as Failure: failure = known
    case let known as MethodError: failure = Failure(kind: "method", known.description)
    case let known as GeometryError: failure = Failure(kind: "geometry", known.description)
    case let known as ConfigurationError:
      failure = Failure(
        kind: known.kind.rawValue, known.message, path: known.path, line: known.line, column: known.column,
        pointer: known.pointer)
    case InferenceError.configuration(let known):
      failure = Failure(
        kind: "model", known.message, path: known.path, line: known.line, column: known.column, pointer: known.pointer)
    case let known as InferenceError: failure = Failure(kind: "model", known.description)
    case let known as TokenizerError: failure = Failure(kind: "tokenizer", known.description)
    case let known as KernelError: failure = Failure(kind: "tensors", known.description)
    case let known as TensorError: failure = Failure(kind: "tensors", known.description)
    case let known as BatchError:
      failure = Failure(
        kind: "batch", known.message, path: known.path, line: known.line, column: known.column, pointer: known.pointer)
    case is EncodingError:
      failure = Failure(
        kind: "output", "the result holds what is no finite number, which JSON cannot say; the input is out of range")
    case let known as RunError: failure = Failure(kind: "run", known.description)
    case let known as OutputError: failure = Failure(kind: "output", known.description, path: known.path)
    default:
      if RopeScope.exitCode(for: error).isSuccess {
        console.print(RopeScope.fullMessage(for: error, columns: console.helpColumns))
        return ExitStatus.clean.rawValue
      }
      failure = .usage(RopeScope.message(for: error))
    }
    if value(of: "--format", in: arguments) == "json", let document = try? JSONText.encode(failure) {
      console.print(document)
    } else {
      console.note(failure.sentence(in: console.language))
    }
    return ExitStatus.notDone.rawValue
  }

  /// What an option is last said to be, before or without a parser that understands all of them.
  private static func value(of option: String, in arguments: [String]) -> String? {
    for (place, argument) in arguments.enumerated().reversed() {
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
      if argument == option, place + 1 < arguments.count { return arguments[place + 1] }
    }
    return nil
  }

  private static func refuseUnknownCommand(_ arguments: [String]) throws {
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return }
    var names: [String] = []
    for command in RopeScope.configuration.subcommands {
      names.append(command._commandName)
      names += command.configuration.aliases
    }
    for group in RopeScope.configuration.groupedSubcommands { names += group.subcommands.map { $0._commandName } }
    guard !names.contains(first) else { return }
    throw Failure.usage("unknown command “\(first)”\(Nearest.hint(first, in: names)) (ropescope --help lists them)")
  }
}
