/// What an option of a server or trainer means, whatever the program calls it.
public enum CanonicalOption: String, Sendable, CaseIterable {
  /// The model: a hub name or a path.
  case model
  /// Longest training sequence.
  case trainLength = "train_length"
  /// Context window asked of a server or of a trainer's own inference engine.
  case servedLength = "served_length"
  case promptLength = "prompt_length"
  case newTokens = "new_tokens"
  /// Base of the rotation.
  case theta
  /// A scaling: its dictionary, or its type in a word.
  case scaling
  /// The configuration's own window (`max_position_embeddings`).
  case window
  case rotaryShare = "rotary_share"
  /// Length that a scaling starts from.
  case original
  /// Divisor of positions.
  case factor
  case dtype
  /// A dictionary of configuration keys.
  case overrides
  /// A speculative draft model.
  case draft
}
