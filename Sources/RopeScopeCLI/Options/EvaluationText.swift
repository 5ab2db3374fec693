/// The tokens that an evaluation reads.
struct EvaluationText {
  /// What the model wants before every text; none where token ids were given.
  var beginning: [Int]
  var tokens: [Int]
  /// What the model wants after every text; none where token ids were given.
  var ending: [Int] = []
  /// Of the tokenizer that cut the text; nil where token ids were given.
  var vocabularySize: Int?

  var whole: [Int] { beginning + tokens + ending }
}
