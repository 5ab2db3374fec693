/// An item of LongBench in a model's tokens.
struct LongBenchPrompt {
  /// What the model reads before it writes.
  let tokens: [Int]
  /// The same before the first right answer, cut where the tokens of both meet.
  let asked: [Int]
  /// Tokens of the first right answer, at most as many as may be written.
  let answer: [Int]
  /// Tokens that stand in place of the answer's first ones where another class is given.
  let wrong: [[Int]]
  /// Whether the middle of the prompt was left out.
  let isTruncated: Bool

  /// - Throws: `InferenceError.option` where the length leaves no room for the prompt.
  init(_ item: LongBenchItem, text: String, length: Int, source: EvaluationSource) throws(InferenceError) {
    let frame = item.dataset.usesChat ? source.frame : nil, room = length - item.dataset.mostTokens
    let overhead = source.beginning.count + (frame.map { source.encode($0.before + $0.after).count } ?? 0)
    guard room - overhead >= Self.leastTokens else {
      throw .option(
        "\(length) tokens are too few for “\(item.dataset.id)”, which may write \(item.dataset.mostTokens); at least \(item.dataset.mostTokens + overhead + Self.leastTokens) are needed"
      )
    }
    let whole = source.encode(text)
    var shown = text, limit = room - overhead, tokens: [Int] = [], isCut = whole.count > limit
    // Tokens made text and cut again may be more than before.
    while true {
      if isCut { shown = source.decode(Array(whole.prefix(limit / 2))) + source.decode(Array(whole.suffix(limit / 2))) }
      tokens = source.beginning + source.encode((frame?.before ?? "") + shown + (frame?.after ?? ""))
      guard tokens.count > room else { break }
      isCut = true
      limit = min(limit, whole.count) - max(1, tokens.count - room)
      guard limit >= 2 else { throw .option("the prompt of item “\(item.id)” cannot be cut to \(length) tokens") }
    }
    self.tokens = tokens
    isTruncated = isCut
    // The answer's tokens, whichever way the tokenizer cuts the end of the prompt and its beginning.
    let end = String(((frame?.before ?? "") + shown + (frame?.after ?? "")).suffix(Self.endLength))
    let blank = end.last?.isWhitespace ?? true ? "" : " "
    let alone = source.encode(end)
    func following(_ text: String) -> (tokens: [Int], shared: Int) {
      let both = source.encode(end + blank + text), shared = zip(alone, both).prefix { $0 == $1 }.count
      return (both, shared)
    }
    let right = following(item.answers.first ?? ""), dropped = alone.count - right.shared
    answer = Array(right.tokens.dropFirst(right.shared).prefix(item.dataset.mostTokens))
    asked = Array(tokens.dropLast(dropped))
    guard !answer.isEmpty, !asked.isEmpty else {
      throw .option("the tokenizer cannot write the answer “\(item.answers.first ?? "")”")
    }
    wrong =
      item.dataset.metric == .classification
      ? item.classes.filter { $0 != item.answers.first }.map { Array(following($0).tokens.dropFirst(right.shared)) }
      : []
  }

  /// Tokens of a prompt that can still ask something.
  private static let leastTokens = 32
  /// Characters at a prompt's end that decide how it meets the answer.
  private static let endLength = 200
}
