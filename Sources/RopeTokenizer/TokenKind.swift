/// What a token is for (llama.cpp, `llama_token_type`).
public enum TokenKind: Int, Sendable {
  case normal = 1
  case unknown = 2
  /// A marker that text cannot write unless markers are asked for: `<|im_end|>`.
  case control = 3
  /// A text that is always kept whole.
  case userDefined = 4
  case unused = 5
  /// A single byte, for characters that are no tokens.
  case byte = 6
}
