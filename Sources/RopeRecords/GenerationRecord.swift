import RopeText

/// A text that a model continued: `ropescope.generation/1`.
public struct GenerationRecord: Sendable, Hashable, Codable {
  public var schema = "ropescope.generation/1"
  public var method: String
  /// Tokens that were read first, with what the model wants before a text.
  public var promptTokens: Int
  /// The tokens that follow.
  public var ids: [Int]
  /// What they say; nil where there is no tokenizer, or one of them is no token of it.
  @Nullable public var text: String?

  public init(method: String, promptTokens: Int, ids: [Int], text: String?) {
    self.method = method
    self.promptTokens = promptTokens
    self.ids = ids
    self.text = text
  }

  enum CodingKeys: String, CodingKey {
    case schema, method, ids, text
    case promptTokens = "prompt_tokens"
  }
}
