import RopeText

/// What an evaluation would read and could tell, before it is run: `ropescope.outlook/1`.
struct EvaluationOutlook: Encodable {
  let schema = "ropescope.outlook/1"
  /// Its name in the catalogue.
  let evaluation: String
  let methods: [String]
  let lengths: [Int]
  /// Tokens that all methods read together; methods that rotate alike share theirs.
  let tokens: Double
  /// Sentences.
  let outlook: [String]

  func text(in language: Language) -> String {
    let first: Message =
      methods.count == 1
      ? "\(evaluation): 1 method, at most \(Int(tokens)) tokens to read"
      : "\(evaluation): \(methods.count) methods, at most \(Int(tokens)) tokens to read"
    return ([language(first)] + outlook.map { language(foreign: $0) }).joined(separator: "\n")
  }
}
