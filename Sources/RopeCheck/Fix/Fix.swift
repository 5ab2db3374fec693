/// A change of the file that ends a finding.
public struct Fix: Sendable, Equatable, Codable {
  public var description: String
  /// Whether the change cannot alter what the newest transformers computes; other changes need `--unsafe-fixes`.
  public var safe: Bool
  public var edits: [TextEdit]

  public init(_ description: String, safe: Bool, edits: [TextEdit]) {
    self.description = description
    self.safe = safe
    self.edits = edits
  }
}
