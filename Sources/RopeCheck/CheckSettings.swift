import RopeConfig
import RopeJSON
import RopeText

/// What `ropescope.toml` says of checks: `[facts]`, `[check]` and `[[check.suppress]]`.
public struct CheckSettings: Sendable {
  /// A finding that is known and meant, with the reason.
  public struct Suppression: Sendable, Equatable {
    public let rule: String
    /// A path, or a pattern with `*` and `**`; nil for every file.
    public let path: String?
    public let reason: String

    public init(rule: String, path: String? = nil, reason: String) {
      self.rule = rule
      self.path = path
      self.reason = reason
    }

    func covers(_ finding: Finding, path: String) -> Bool {
      finding.rule == rule && (self.path.map { PathPattern.matches($0, path) } ?? true)
    }
  }

  public var facts = Facts()
  public var select: [String] = []
  public var ignore: [String] = []
  public var suppressions: [Suppression] = []
  /// Findings below it are not shown; nil for all.
  public var minimumSeverity: Severity?
  /// Findings at or above it make the exit code 1; nil for errors.
  public var failOn: Severity?

  public init() {}

  /// - Throws: `ConfigurationError` where the file is no TOML, a rule or fact is unknown, or a suppression has no reason.
  public static func parse(_ source: SourceText) throws(ConfigurationError) -> CheckSettings {
    let tree = try TOMLReader.read(source)
    let declaration = Declaration(source, root: DeclaredValue(key: "", node: tree, pointer: ""))
    var settings = CheckSettings()
    try SettingsKey.refuseUnknown(in: declaration.root, "", of: declaration)
    if let facts = declaration.root.member("facts") { settings.facts = try Facts(facts, of: declaration) }
    guard let check = declaration.root.member("check") else { return settings }
    try SettingsKey.refuseUnknown(in: check, "check", of: declaration)
    settings.minimumSeverity = try severity(check.member("min_severity"), declaration)
    settings.failOn = try severity(check.member("fail_on"), declaration)
    settings.select = try names(check.member("select"), declaration)
    settings.ignore = try names(check.member("ignore"), declaration)
    _ = try CheckSelection.rules(select: settings.select, ignore: settings.ignore)
    for node in check.member("suppress")?.node.elements ?? [] {
      let entry = DeclaredValue(key: "suppress", node: node, pointer: "/check/suppress")
      try SettingsKey.refuseUnknown(in: entry, "check.suppress", of: declaration)
      guard let rule = try declaration.text(entry.member("rule")) else {
        throw declaration.error("a suppression names a “rule”", at: entry)
      }
      _ = try CheckSelection.rules(select: [rule])
      guard let reason = try declaration.text(entry.member("reason")), !reason.trimmed.isEmpty else {
        throw declaration.error("the suppression of \(rule) needs a “reason”", at: entry)
      }
      settings.suppressions.append(
        Suppression(rule: rule, path: try declaration.text(entry.member("path")), reason: reason))
    }
    return settings
  }

  private static func severity(
    _ value: DeclaredValue?, _ declaration: Declaration
  ) throws(ConfigurationError) -> Severity? {
    guard let value, let text = try declaration.text(value) else { return nil }
    if let severity = Severity(rawValue: text) { return severity }
    throw declaration.error("“\(value.key)” is “\(text.excerpt(40))”, expected note, warning or error", at: value)
  }

  private static func names(_ value: DeclaredValue?, _ declaration: Declaration) throws(ConfigurationError) -> [String]
  {
    guard let value else { return [] }
    guard let elements = value.node.elements else { return try declaration.text(value).map { [$0] } ?? [] }
    var names: [String] = []
    for element in elements {
      if let name = try declaration.text(DeclaredValue(key: value.key, node: element, pointer: value.pointer)) {
        names.append(name)
      }
    }
    return names
  }
}
