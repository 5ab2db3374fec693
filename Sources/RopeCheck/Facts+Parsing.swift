import RopeConfig
import RopeJSON
import RopeMath
import RopeText

extension Facts {
  /// Keys of a context file and of `[facts]` in `ropescope.toml`.
  public static let keys = [
    "target_length", "train_length", "claimed_length", "runtime", "base", "trainer", "cli", "yaml", "workload",
    "precision", "memory_gib",
  ]

  /// A context file: one JSON object with the keys of `Facts.keys`.
  ///
  /// - Throws: `ConfigurationError` where it is no such object, a key is unknown or a value has the wrong type.
  public static func parse(_ source: SourceText) throws(ConfigurationError) -> Facts {
    let declaration = try Declaration(source)
    return try Facts(declaration.root, of: declaration)
  }

  init(_ root: DeclaredValue, of declaration: Declaration) throws(ConfigurationError) {
    for member in root.node.members ?? [] where !Self.keys.contains(member.key) && !member.key.hasPrefix("_") {
      throw declaration.source.error(
        .invalid,
        "“\(member.key.excerpt(40))” is not a fact\(Nearest.hint(member.key, in: Self.keys)) (known: \(Self.keys.joined(separator: ", ")))",
        at: member.keyBytes.lowerBound, pointer: "/\(member.key)")
    }
    self.init(
      targetLength: try Self.length(root.member("target_length"), declaration),
      trainLength: try Self.length(root.member("train_length"), declaration),
      claimedLength: try Self.length(root.member("claimed_length"), declaration),
      runtimes: try Self.texts(root.member("runtime"), declaration),
      base: try declaration.text(root.member("base")), trainer: try declaration.text(root.member("trainer")),
      commandLine: try Self.texts(root.member("cli"), declaration).joined(separator: " ").nonEmpty,
      yaml: try declaration.text(root.member("yaml")), workload: try declaration.text(root.member("workload")),
      precision: try declaration.text(root.member("precision")),
      memory: try declaration.number(root.member("memory_gib")))
  }

  /// A number of tokens, or a text such as `128k`.
  private static func length(
    _ value: DeclaredValue?, _ declaration: Declaration
  ) throws(ConfigurationError) -> Int? {
    guard let value else { return nil }
    if case .string(let text) = value.node.value {
      guard let tokens = TokenCount.parse(text) else {
        throw declaration.error(
          "“\(value.key)” is \(value.node.phrase), expected tokens such as 131072 or 128k", at: value)
      }
      return tokens
    }
    return try declaration.integer(value, in: 1...RotaryGeometry.largestLength, acceptsFraction: true)
  }

  /// One text or a list of texts.
  private static func texts(
    _ value: DeclaredValue?, _ declaration: Declaration
  ) throws(ConfigurationError) -> [String] {
    guard let value else { return [] }
    guard let elements = value.node.elements else {
      return try declaration.text(value).map { [$0] } ?? []
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      let entry = DeclaredValue(key: value.key, node: element, pointer: "\(value.pointer)/\(index)")
      if let text = try declaration.text(entry) { texts.append(text) }
    }
    return texts
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
