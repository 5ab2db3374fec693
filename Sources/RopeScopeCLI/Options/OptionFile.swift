import ArgumentParser
import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// A TOML file whose keys are options of a command: each key becomes the argument that it would be on a command line, so
/// that option and key are declared once.
struct OptionFile {
  /// An option as the command declares it.
  private struct Option: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let names: [Name]?
    let isRepeating: Bool
  }

  private struct Dump: Decodable {
    struct Command: Decodable { let arguments: [Option]? }
    let command: Command
  }

  let source: SourceText
  private let options: [String: Option]
  /// Keys that are no options but places of the command line.
  private let positions: [String]

  init(_ source: SourceText, of type: any ParsableArguments.Type, positions: [String] = []) throws {
    self.source = source
    self.positions = positions
    let dump = try JSONDecoder().decode(Dump.self, from: Data(type._dumpHelp().utf8))
    options = Dictionary(
      (dump.command.arguments ?? []).flatMap { option in
        (option.names ?? []).filter { $0.kind == "long" }.map { ($0.name, option) }
      }
    ) { first, _ in first }
  }

  /// Names of all options of a command's arguments.
  static func names(of type: any ParsableArguments.Type) throws -> Set<String> {
    Set(try OptionFile(SourceText(bytes: [], path: ""), of: type).options.keys)
  }

  func tree() throws -> JSONNode { try TOMLReader.read(source) }

  /// The arguments that a table's keys stand for, in the order of the file, with the keys that they come from.
  ///
  /// - Throws: `ConfigurationError` for an unknown key or a value that no option can have.
  func arguments(_ table: JSONNode, without left: Set<String> = []) throws -> [(key: String, arguments: [String])] {
    var result: [(key: String, arguments: [String])] = []
    for member in table.members ?? [] where !left.contains(member.key) {
      let key = String(member.key.map { $0 == "_" ? "-" : $0 })
      if positions.contains(key) {
        result.append((key, [try text(member.node, key)]))
        continue
      }
      guard let option = options[key] else {
        let known = (Array(options.keys) + positions).sorted()
        throw source.error(
          .invalid, "“\(member.key.excerpt(60))” is no key of this file\(Nearest.hint(key, in: known))",
          at: member.keyBytes.lowerBound)
      }
      result.append((key, try values(member.node, key, option)))
    }
    return result
  }

  private func values(_ node: JSONNode, _ key: String, _ option: Option) throws -> [String] {
    if option.kind == "flag" {
      guard let flag = node.boolean else {
        throw source.error(.invalid, "“\(key)” is \(node.phrase), expected true or false", at: node.bytes.lowerBound)
      }
      return flag ? ["--\(key)"] : []
    }
    if let members = node.members {
      guard option.isRepeating else {
        throw source.error(.invalid, "“\(key)” is a table, expected one value", at: node.bytes.lowerBound)
      }
      return try members.map { "--\(key)=\($0.key)=\(try text($0.node, key))" }
    }
    if option.isRepeating, let elements = node.elements, !elements.allSatisfy({ $0.finiteNumber != nil }) {
      return try elements.map { "--\(key)=\(try text($0, key))" }
    }
    return ["--\(key)=\(try text(node, key))"]
  }

  /// A text or number as it is written; a list of numbers with `:` between them, one of texts with `,`.
  private func text(_ node: JSONNode, _ key: String) throws -> String {
    switch node.value {
    case .string(let text): return text
    case .number(_, let literal): return literal
    case .bool(let flag): return flag ? "true" : "false"
    case .array(let elements):
      let isNumbers = elements.allSatisfy { $0.finiteNumber != nil }
      return try elements.map { try text($0, key) }.joined(separator: isNumbers ? ":" : ",")
    default:
      throw source.error(.invalid, "“\(key)” is \(node.phrase), expected a text or a number", at: node.bytes.lowerBound)
    }
  }
}
