import RopeText

/// A change of the file that ends a finding.
public struct Fix: Sendable, Equatable {
  /// What is changed, told in the reader's language.
  public var title: Message
  /// Whether the change cannot alter what the newest transformers computes; other changes need `--unsafe-fixes`.
  public var safe: Bool
  public var edits: [TextEdit]

  public init(_ title: Message, safe: Bool, edits: [TextEdit]) {
    self.title = title
    self.safe = safe
    self.edits = edits
  }

  /// What is changed, in English.
  public var description: String { Language.english(title) }
}

extension Fix: Codable {
  private enum CodingKeys: CodingKey { case description, safe, edits }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      Message(template: try container.decode(String.self, forKey: .description)),
      safe: try container.decode(Bool.self, forKey: .safe), edits: try container.decode([TextEdit].self, forKey: .edits)
    )
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(description, forKey: .description)
    try container.encode(safe, forKey: .safe)
    try container.encode(edits, forKey: .edits)
  }
}
