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

  var text: String {
    ([
      "\(evaluation): \(methods.count) method\(methods.count == 1 ? "" : "s"), at most \(Int(tokens)) tokens to read"
    ] + outlook).joined(separator: "\n")
  }
}
