import Foundation
import RopeCheck
import RopeConfig

extension CheckCommand {
  /// What is checked.
  struct Subject {
    var paths: [String] = []
    var readsIgnored = false
    /// In place of paths.
    var text: (bytes: [UInt8], path: String, isInPlace: Bool)?
    /// Whether it is the command itself, with the model that it names.
    var isCommand = false

    func report(of checker: Checker) -> CheckReport {
      text.map { checker.check(bytes: $0.bytes, path: $0.path, isInPlace: $0.isInPlace) }
        ?? checker.check(paths: paths, readsIgnored: readsIgnored)
    }

    /// The folder among the paths that a file was found in; nil where the file itself was named.
    func folder(of path: String) -> String? {
      guard !paths.contains(path) else { return nil }
      return paths.filter { $0 == "." || path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }.max { $0.count < $1.count }
        ?? "."
    }
  }

  func subject(_ console: Console) throws -> Subject {
    if paths == ["-"] {
      return Subject(text: (console.readInput(), stdinFilename ?? "standard input", isInPlace: stdinFilename != nil))
    }
    let here = Subject(paths: places, readsIgnored: noIgnore)
    guard paths.isEmpty, let command, let models = try? CommandOptions.models(in: command) else { return here }
    let local = models.filter { FileManager.default.fileExists(atPath: $0) }
    guard local.isEmpty else { return Subject(paths: local, readsIgnored: noIgnore) }
    // In a model's folder it is this model that the command will find elsewhere, but for one that is known by its name.
    if !models.contains(where: { ModelPresets.published(as: $0) != nil }),
      let path = (try? ModelLoader.declaration("."))?.source.path
    {
      return Subject(paths: [path.hasPrefix("./") ? String(path.dropFirst(2)) : path])
    }
    return command.hasPrefix("@")
      ? Subject(paths: [String(command.dropFirst())], isCommand: true)
      : Subject(text: (Array(command.utf8), "--command", isInPlace: true), isCommand: true)
  }
}
