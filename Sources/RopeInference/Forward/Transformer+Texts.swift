import RopeMath
import RopeTensors

/// Whole texts, layer by layer.
extension Transformer {
  public func forEachLogits(
    of texts: [AskedText], plans: LayerPlans, options: RunOptions,
    _ body: (_ text: Int, _ position: Int, _ logits: [Double]) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    var done = 0.0
    let total = texts.reduce(0.0) { $0 + Double($1.tokens.count) }
    for group in groups(texts, plans) {
      let share = texts[group].reduce(0.0) { $0 + Double($1.tokens.count) }
      let part = options.part(from: done / max(1, total), to: (done + share) / max(1, total))
      let branches = try states(of: Array(texts[group]), plans: plans, options: part)
      for (text, branch) in zip(group, branches) {
        for start in stride(from: branch.needed.lowerBound, to: branch.needed.upperBound, by: 64) {
          let positions = start..<min(start + 64, branch.needed.upperBound)
          let rows = try logits(branch.row(start, of: decoder.hiddenSize), rows: positions.count)
          for (row, position) in positions.enumerated() {
            let line = UnsafeBufferPointer(
              start: rows.pointer + row * decoder.vocabularySize, count: decoder.vocabularySize)
            guard let numbers = Scalar.finiteNumbers(line) else { throw Self.notFinite(position) }
            try body(text, position, numbers)
          }
        }
      }
      done += share
    }
  }

  public func losses(of tokens: [Int], plans: LayerPlans, options: RunOptions) throws(InferenceError) -> [Double] {
    guard tokens.count > 1 else { return [] }
    let text = AskedText(tokens: tokens, positions: 0..<tokens.count)
    guard let branch = try states(of: [text], plans: plans, options: options).first else { return [] }
    return try losses(branch.states, tokens: tokens, options.control)
  }

  public func forEachQueryKey(
    of tokens: [Int], plans: LayerPlans, options: RunOptions,
    _ body: (_ layer: Int, _ tokens: Range<Int>, _ queries: QueryKeyRows, _ keys: QueryKeyRows?) -> Void
  ) throws(InferenceError) {
    var failure: InferenceError?
    withoutActuallyEscaping(body) { body in
      do throws(InferenceError) {
        _ = try states(of: [AskedText(tokens: tokens, positions: 0..<0)], plans: plans, options: options, observe: body)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Texts that are read together: as many neighbours as memory has room for. Where logits decay, numbers depend on how
  /// many tokens there are, if only in their last digits: such texts have one length.
  private func groups(_ texts: [AskedText], _ plans: LayerPlans) -> [Range<Int>] {
    let decays = plans.plans.contains { $0.decayRates != nil }
    // Layers that read the keys of earlier ones find those of one text only.
    guard !decoder.layers.contains(where: { $0.attention.keysFrom != nil }) else {
      return texts.indices.map { $0..<$0 + 1 }
    }
    var groups: [Range<Int>] = []
    for index in texts.indices {
      let width = decoder.hiddenSize + decoder.layers.count * (decoder.tokenInput ?? 0)
      if let last = groups.last, !decays || texts[last.lowerBound].tokens.count == texts[index].tokens.count,
        fits(tokens: (last.count + 1) * texts[index].tokens.count, numbers: width, share: 0.25)
      {
        groups[groups.count - 1] = last.lowerBound..<index + 1
      } else {
        groups.append(index..<index + 1)
      }
    }
    return groups
  }

  /// Final hidden states, normed; only the rows that are asked for are set.
  private func states(
    of texts: [AskedText], plans: LayerPlans, options: RunOptions,
    observe: ((Int, Range<Int>, QueryKeyRows, QueryKeyRows?) -> Void)? = nil
  ) throws(InferenceError) -> [TextBranch<Scalar>] {
    for text in texts {
      guard text.positions.lowerBound >= 0, text.positions.upperBound <= text.tokens.count, !text.tokens.isEmpty else {
        throw .option(
          "positions \(text.positions.lowerBound) … \(text.positions.upperBound) lie beyond the \(text.tokens.count) tokens"
        )
      }
    }
    guard let count = texts.map(\.tokens.count).max() else { return [] }
    let hidden = decoder.hiddenSize, chunk = max(1, min(options.chunk, count))
    let layers = decoder.layers, cached = layers.map { 2 * $0.attention.keyFeatures }.max() ?? 0
    let width = layers.count * (decoder.tokenInput ?? 0)
    try checkMemory(tokens: count, numbers: hidden + cached + width)
    var branches: [TextBranch<Scalar>] = []
    for (index, text) in texts.enumerated() {
      var branch = TextBranch<Scalar>(
        text, after: index > 0 ? texts[index - 1].tokens : [], chunk: chunk, hidden: hidden)
      let own = Array(text.tokens[branch.first...])
      try embed(own, from: branch.first, into: branch.states.pointer)
      branch.inputs = try tokenInputs(own, branch.states.pointer)
      branches.append(branch)
    }
    let tables = try PlanTableSet<Scalar>(plans, tokens: count, options: options, decoder)
    let runner = BlockRunner<Scalar>(store, chunk: chunk, pool: pool)
    var caches: [AttentionShape: [RotaryPlan: any LayerAttention<Scalar>]] = [:]
    // Layers whose keys later layers read, too.
    let lent = Set(layers.compactMap(\.attention.keysFrom))
    var kept: [Int: any LayerAttention<Scalar>] = [:]
    let steps = branches.flatMap { branch in branch.parts(of: chunk).map { (branch: branch, tokens: $0) } }
    for (index, layer) in layers.enumerated() {
      let shape = attentionShape(index, capacity: count), plan = tables.plan(layer: index)
      var attention: any LayerAttention<Scalar>
      if let source = layer.attention.keysFrom, let known = kept[source] {
        attention = known
      } else if lent.contains(index) {
        attention = tables.attention(shape, plan, options.kernel)
        kept[index] = attention
      } else {
        attention = caches[shape]?[plan] ?? tables.attention(shape, plan, options.kernel)
        caches[shape, default: [:]][plan] = attention
      }
      if layer.attention.keysFrom == nil { attention.reset(try extras(index)) }
      let isLast = index == layers.count - 1
      for (place, step) in steps.enumerated() {
        try options.control.checkCancellation()
        let branch = step.branch, part = step.tokens
        try runner.run(
          .init(
            layer: index, attention: attention, factorBeforeNorm: tables.factorsBeforeNorm[index],
            x: branch.row(part.lowerBound, of: hidden), tokens: part, needed: isLast ? branch.needed : part,
            tokenInputs: branch.inputs.map { UnsafePointer($0.pointer + (part.lowerBound - branch.first) * width) }),
          observe: observe.map { observe in { observe(index, part, $0, $1) } })
        options.control.progress(Double(index * steps.count + place + 1) / Double(layers.count * steps.count))
      }
    }
    for branch in branches {
      normStates(branch.row(branch.needed.lowerBound, of: hidden), rows: branch.needed.count, runner)
    }
    return branches
  }

  /// Losses by an online log-sum-exp over parts of the vocabulary: no row of logits is kept.
  private func losses(
    _ states: Buffer<Scalar>, tokens: [Int], _ control: RunControl
  ) throws(InferenceError) -> [Double] {
    let hidden = decoder.hiddenSize, count = tokens.count - 1, rowsPerPiece = 256
    let largest = Buffer<Scalar>(count), sums = Buffer<Scalar>(count), chosen = Buffer<Scalar>(count)
    largest.pointer.update(repeating: -.infinity, count: count)
    sums.pointer.update(repeating: 0, count: count)
    let scratch = (0..<pool.workers).map { _ in Buffer<Scalar>(rowsPerPiece * WeightStore<Scalar>.headRows) }
    try store.forEachHeadPart { part, weights throws(InferenceError) in
      try control.checkCancellation()
      pool.run(over: 0..<count, by: rowsPerPiece) { rows, worker in
        let logits = scratch[worker].pointer
        weights.multiply(
          states.pointer + rows.lowerBound * hidden, stride: hidden, rows: rows.count, into: logits, stride: part.count)
        for (index, row) in rows.enumerated() {
          let line = logits + index * part.count, next = tokens[row + 1]
          finishLogits(line, of: part)
          if part.contains(next) { chosen.pointer[row] = line[next - part.lowerBound] }
          _ = Scalar.softmaxStep(line, count: part.count, largest: &largest.pointer[row], sum: &sums.pointer[row])
        }
      }
    }
    let losses = (0..<count).map { row in
      Double(largest.pointer[row] - chosen.pointer[row]) + .log(Double(sums.pointer[row]))
    }
    if let position = losses.firstIndex(where: { !$0.isFinite }) { throw Self.notFinite(position) }
    return losses
  }
}
