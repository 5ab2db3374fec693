/// What evaluations can be asked, by the key of a batch's plan.
public enum EvaluationOption: String, Sendable, CaseIterable {
  /// A UTF-8 text: what is read, or the prose that something is hidden in.
  case text
  /// A benchmark's items, a JSON object a line.
  case items
  /// A JSON list of token ids in place of a text.
  case tokenIDs = "token_ids"
  /// Tokens of a window, or of prompt and answer.
  case lengths
  /// Where what is asked for stands, 0 … 1.
  case depths
  /// Items in each cell of length and depth.
  case trials
  /// Whether an item is the same at every depth of a length, so that what stands before its facts is read once.
  case sharedProse = "shared_prose"
  /// Questions about each text at every depth.
  case questions
  /// Tokens between windows.
  case stride
  /// Windows at most.
  case windows
  /// Tokens of the context that the whole one is held against.
  case shortContext = "short_context"
}
