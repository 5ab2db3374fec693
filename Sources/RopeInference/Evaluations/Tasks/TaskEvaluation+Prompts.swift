import RopeMath

extension TaskEvaluation {
  /// The item of a cell in the model's tokens; every method is asked the same, every length, depth and item something of
  /// its own.
  ///
  /// - Throws: `InferenceError.option` where the length has no room for it.
  public func prompt(
    length: Int, depth: Double, item: Int, source: EvaluationSource
  ) throws(InferenceError) -> TaskPrompt {
    try TaskPrompt(
      Task.self, length: length, depth: depth,
      seed: seed(length: length, sharesProse ? [] : [depth.bitPattern], item: item),
      prose: prose(of: item, source), source: source)
  }

  /// The items of one text, depth by depth; none for tasks that ask one question of a text.
  ///
  /// - Throws: `InferenceError.option` where the length has no room for them.
  public func prompts(
    length: Int, text: Int, source: EvaluationSource
  ) throws(InferenceError) -> [TaskPrompt] {
    guard let task = Task.self as? any SharedTextTask.Type else { return [] }
    let prose = try prose(of: text, source), seed = seed(length: length, [UInt64(questions)], item: text)
    // The facts of a depth lie within a hundredth of it, one after another.
    let depths = depths.flatMap { depth in
      (0..<questions).map { question in
        let part = (Double(question) + 0.5) / Double(questions) - 0.5
        return min(1, max(0, depth + 0.02 * part))
      }
    }
    func sharing<Shared: SharedTextTask>(_ task: Shared.Type) throws(InferenceError) -> [TaskPrompt] {
      try TaskPrompt.sharing(task, length: length, depths: depths, seed: seed, prose: prose, source: source)
    }
    return try sharing(task)
  }

  private func seed(length: Int, _ place: [UInt64], item: Int) -> UInt64 {
    var hash = StableHash()
    hash.add(Task.id)
    for word in [seed, UInt64(truncatingIfNeeded: length)] + place + [UInt64(truncatingIfNeeded: item)] {
      hash.add(word)
    }
    return hash.value
  }

  /// The text whose prose an item is hidden in; nil for the product's own.
  func document(of item: Int, _ source: EvaluationSource) -> EvaluationSource.Document? {
    source.documents.isEmpty ? nil : source.documents[item % source.documents.count]
  }

  private func prose(of item: Int, _ source: EvaluationSource) throws(InferenceError) -> TaskProse {
    guard let document = document(of: item, source) else { return TaskProse() }
    guard case .text(let text) = document.content else {
      throw .option("“\(Task.id)” hides its facts in a text; token ids cannot be read as one")
    }
    return TaskProse(text)
  }
}
