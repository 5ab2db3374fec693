extension LanguageModel {
  /// The likeliest token after another behind a prompt, all under the same plans.
  ///
  /// - Parameters:
  ///   - most: tokens to write at most.
  ///   - stops: tokens at which it ends; they are not part of the result.
  ///   - isWhole: whether what was written so far is all that is wanted.
  func greedy(
    after prompt: [Int], most: Int, plans: LayerPlans, stops: Set<Int> = [], options: RunOptions,
    isWhole: ([Int]) -> Bool = { _ in false }
  ) throws(InferenceError) -> [Int] {
    let session = try session(plans: plans, capacity: prompt.count + most, options: options)
    var logits = try session.read(prompt), written: [Int] = []
    while written.count < most, let best = LogitsEvaluation.largest(logits, count: 1).first,
      !stops.contains(best.id)
    {
      written.append(best.id)
      if isWhole(written) { break }
      if written.count < most { logits = try session.read([best.id]) }
    }
    return written
  }
}
