import Foundation
import RopeJSON
import RopeMath
import RopeText

/// Several figures of one file: what stands at its top holds for all, then a `[[figure]]` each, with the options of
/// `figure` as keys, and `kind`, `model`, `output`.
struct FigureList {
  struct Entry {
    let command: FigureCommand
    /// What the figure is computed from, to compute equal runs once.
    let run: [String]
    fileprivate let table: JSONNode
  }

  let entries: [Entry]
  private let source: SourceText

  /// - Throws: `ConfigurationError` with its place, `Failure` for a figure that is told too little.
  init(path: String) throws {
    let file = try OptionFile(try SourceFile.text(path), of: FigureCommand.self, positions: ["kind", "model"])
    source = file.source
    let tree = try file.tree()
    guard let figures = tree.member("figure")?.node.elements, !figures.isEmpty else {
      throw file.source.error(.invalid, "the file has no [[figure]], one is expected for each figure", at: 0)
    }
    let looks = try OptionFile.names(of: FigureOptions.self).union(["kind", "panels", "output", "latex"])
    let shared = try file.arguments(tree, without: ["figure"])
    entries = try figures.map { figure in
      let own = try file.arguments(figure)
      for key in ["from", "force"] where (shared + own).contains(where: { $0.key == key }) {
        throw file.source.error(.invalid, "“\(key)” is not for a file of figures", at: figure.bytes.lowerBound)
      }
      // What a figure says itself stands last and counts.
      let every = shared + own
      func last(_ key: String) -> [String] { every.last { $0.key == key }?.arguments ?? [] }
      let places = (last("panels").isEmpty ? last("kind") : []) + last("model")
      let options = every.filter { !["kind", "model"].contains($0.key) }
      do {
        let arguments = options.flatMap(\.arguments) + ["--"] + places
        let command = try FigureCommand.parse(arguments)
        return Entry(
          command: command, run: last("model") + options.filter { !looks.contains($0.key) }.flatMap(\.arguments),
          table: figure)
      } catch {
        let message = FigureCommand.message(for: error)
        throw file.source.error(.invalid, message, at: figure.bytes.lowerBound)
      }
    }
  }

  /// What a figure could not be drawn for, at the key whose value it quotes, else where the figure begins.
  func located(_ failure: Failure, of place: Int) -> any Error {
    guard failure.error.line == nil, failure.error.path == nil else { return failure }
    let table = entries[place].table
    let quoted = table.members?.first { member in
      member.node.string.map { failure.error.message.contains("“\($0)”") } ?? false
    }
    return source.error(
      .invalid, failure.error.message, at: quoted?.node.bytes.lowerBound ?? table.bytes.lowerBound)
  }
}
