/// The tokens that an evaluation reads.
struct EvaluationText {
  /// What the model wants before every text; none where token ids were given.
  var beginning: [Int]
  var tokens: [Int]
  /// Of the tokenizer that cut the text; nil where token ids were given.
  var vocabularySize: Int?

  var whole: [Int] { beginning + tokens }
}
