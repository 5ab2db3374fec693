import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// One key of `ropescope.toml` with what it means: the reader, its messages and the page of documentation ask this list.
public struct SettingsKey: Sendable {
  /// Dotted, the table included: `check.select`.
  public let path: String
  public let meaning: String
  /// A line as one writes it.
  public let example: String

  /// Facts have a list of their own (`Facts.keys`).
  public static let all: [SettingsKey] = [
    SettingsKey(
      path: "check.select", meaning: "Only these rules, or one of them.", example: #"select = ["theta-missing"]"#),
    SettingsKey(path: "check.ignore", meaning: "Not these rules.", example: #"ignore = ["rope-type-legacy-key"]"#),
    SettingsKey(
      path: "check.min_severity", meaning: "Findings below it are not shown: note, warning or error.",
      example: #"min_severity = "warning""#),
    SettingsKey(
      path: "check.fail_on", meaning: "Findings at or above it make the exit code 1: note, warning or error.",
      example: #"fail_on = "error""#),
    SettingsKey(
      path: "check.suppress.rule", meaning: "A finding that is known and meant; one [[check.suppress]] for each.",
      example: #"rule = "window-not-raised""#),
    SettingsKey(
      path: "check.suppress.path", meaning: "The file, or a pattern with * and **; every file where left out.",
      example: #"path = "configs/*.json""#),
    SettingsKey(
      path: "check.suppress.reason", meaning: "Why; it has to be there.", example: #"reason = "served at 32k only""#),
  ]

  /// A whole file that uses every key.
  public static var example: String {
    func lines(_ table: String) -> [String] {
      all.filter { $0.path.hasPrefix(table + ".") && !$0.path.dropFirst(table.count + 1).contains(".") }.map(\.example)
    }
    let facts = [#"target_length = "128k""#, #"runtime = ["vllm@0.33", "transformers"]"#]
    return
      (["[facts]"] + facts + ["", "[check]"] + lines("check") + ["", "[[check.suppress]]"] + lines("check.suppress"))
      .joined(separator: "\n")
  }

  /// - Throws: `ConfigurationError` at the first key of a table that nobody reads.
  static func refuseUnknown(in table: DeclaredValue, _ name: String, of declaration: Declaration)
    throws(ConfigurationError)
  {
    let prefix = name.isEmpty ? "" : name + "."
    let paths: [String] = all.map(\.path) + Facts.keys.map { "facts." + $0 }
    let known: [String] = paths.compactMap { path in
      guard path.hasPrefix(prefix) else { return nil }
      return path.dropFirst(prefix.count).split(separator: ".").first.map(String.init)
    }
    for member in table.node.members ?? [] where !known.contains(member.key) {
      let place = name.isEmpty ? "ropescope.toml" : "[\(name)]"
      var unique: [String] = []
      for key in known where !unique.contains(key) { unique.append(key) }
      // What users of other linters type first.
      let isOtherForm = name.isEmpty && all.contains { $0.path == "check." + member.key }
      let hint =
        isOtherForm || member.key == "suppress"
        ? "; it stands in \(member.key == "ignore" || member.key == "suppress" ? "[check] or, with a reason, in [[check.suppress]]" : "[check]")"
        : Nearest.hint(member.key, in: unique)
      throw declaration.source.error(
        .invalid,
        """
        “\(member.key.excerpt(40))” is no key of \(place)\(hint) (known: \(unique.joined(separator: ", ")); \
        ropescope explain ropescope.toml)
        """, at: member.keyBytes.lowerBound, pointer: table.pointer + "/" + DeclaredValue.escapedKey(member.key))
    }
  }
}
