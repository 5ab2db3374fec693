import RealModule
import RopeMath
import RopeTensors

/// Attention of some of the queries over all keys before them, under one plan: what a plan means.
///
/// Shapes: queries `[heads, queryTokens, D]`, keys `[kv heads, tokens, D]`, values `[kv heads, tokens, E]`; the queries
/// are those of the last tokens. Query head h reads key head `h / (heads / kv heads)`.
struct AttentionPass<Scalar: KernelScalar> {
  let queries: Tensor<Scalar>
  let keys: Tensor<Scalar>
  let values: Tensor<Scalar>
  let plan: RotaryPlan
  /// The plan that the key at a position was rotated under; it gives frequencies and factor, `plan` gives positions.
  let keyPlan: (Int) -> RotaryPlan
  let options: AttentionOptions
  /// Tokens whose queries are to be answered.
  let tokens: Range<Int>

  private var heads: Int { queries.shape[0] }
  private var dimension: Int { queries.shape[2] }
  private var headsPerKeyHead: Int { heads / keys.shape[0] }
  /// The token that the first query belongs to.
  private var firstToken: Int { keys.shape[1] - queries.shape[1] }
  /// Keys that any of the tokens can see.
  private var keyCount: Int { tokens.upperBound }
  private var decayCentre: Double { Double(keys.shape[1]) / 2 }

  /// Hands the weights of each head and token over: one number a key, the token's own last.
  func forEachRow(_ body: (_ head: Int, _ token: Int, _ weights: [Scalar]) throws(KernelError) -> Void)
    throws(KernelError)
  {
    let queryRotations = plan.bands.map { band in tokens.map { rotation(of: $0, by: band.query, plan, .query) } }
    let keyRotations = plan.bands.map { band in
      (0..<keyCount).map { rotation(of: $0, by: band.key, keyPlan($0), .key) }
    }
    for keyHead in 0..<keys.shape[0] {
      // [band][key][feature]
      let rotatedKeys = keyRotations.map { rotations in
        rotations.enumerated().map { r, rotate in rotate(row(keys, head: keyHead, token: r)) }
      }
      for head in keyHead * headsPerKeyHead..<(keyHead + 1) * headsPerKeyHead {
        for (index, p) in tokens.enumerated() {
          let query = scaledQuery(head: head, token: p)
          let rotatedQueries = queryRotations.map { weighted($0[index](query[...])) }  // [band][feature]
          var logits = logits(of: p, head: head, rotatedQueries, rotatedKeys)
          retrieveBlocks(&logits, token: p, rotatedQueries[0], keyHead: keyHead)
          let weights = normalised(logits, head: head)
          guard weights.allSatisfy(\.isFinite) else { throw .overflow(head: head, token: p) }
          try body(head, p, weights)
        }
      }
    }
  }

  /// `Σ_r w_r v_r` for each head and token: `[heads, tokens, E]`.
  func output() throws(KernelError) -> [Scalar] {
    let width = values.shape[2]
    var output = [Scalar](repeating: 0, count: heads * tokens.count * width)
    try forEachRow { head, p, weights throws(KernelError) in
      let start = (head * tokens.count + p - tokens.lowerBound) * width
      for (r, weight) in weights.enumerated() where weight != 0 {
        let value = row(values, head: head / headsPerKeyHead, token: r)
        for e in 0..<width { output[start + e] += weight * value[value.startIndex + e] }
      }
      guard output[start..<start + width].allSatisfy(\.isFinite) else { throw .overflow(head: head, token: p) }
    }
    return output
  }

  // MARK: One query

  /// The query with everything that multiplies a whole logit: `g(p) · t / √D`.
  private func scaledQuery(head: Int, token p: Int) -> [Scalar] {
    let scale = options.scale ?? 1 / Double(dimension).squareRoot()
    let factor = Scalar(plan.queryScale.value(at: p, head: head) * plan.softmaxScaleFactor * scale)
    return row(queries, head: head, token: p - firstToken).map { $0 * factor }
  }

  private func weighted(_ query: [Scalar]) -> [Scalar] {
    guard let weights = options.rotatedQueryWeights else { return query }
    return zip(query, weights).map { $0 * Scalar($1) }
  }

  private func logits(of p: Int, head: Int, _ queries: [[Scalar]], _ keys: [[[Scalar]]]) -> [Scalar] {
    let isShifted = head >= heads / 2
    return (0...p).map { r in
      guard plan.visibility.allows(query: p, key: r, shifted: isShifted), p - r < options.slidingWindow ?? .max,
        options.chunk.map({ p / $0 == r / $0 }) ?? true
      else {
        return -.infinity
      }
      var logit: Scalar = 0
      var isPlaced = false
      for (band, place) in plan.bands.enumerated() where place.isAdded || !isPlaced {
        guard place.region.contains(query: p, key: r) else { continue }
        logit += dot(queries[band], keys[band][r])
        isPlaced = isPlaced || !place.isAdded
      }
      return changed(capped(logit), distance: p - r, head: head)
    }
  }

  /// The logit with what the plan makes of its key's true distance.
  private func changed(_ logit: Scalar, distance: Int, head: Int) -> Scalar {
    guard let change = plan.logitByDistance else { return logit }
    return logit * Scalar(change.multiplier(at: distance)) + Scalar(change.bias(at: distance, head: head, of: heads))
  }

  private func normalised(_ logits: [Scalar], head: Int) -> [Scalar] {
    switch plan.normalisation {
    case .softmax: Softmax.plain(logits, sink: plan.sink.map { Scalar($0.value(head: head)) })
    case .landmark(let blockLength, _): Softmax.landmark(logits, blockLength: blockLength)
    }
  }

  // MARK: Landmark retrieval

  /// Leaves of the earlier blocks only those whose landmarks score highest, at the positions of the blocks just before
  /// the query's own; where there are no more than can be retrieved nothing changes.
  ///
  /// Of N earlier blocks of B tokens the last k stand, while they are scored, at their true places, slots 1 … k; all
  /// older ones share slot 0. The chosen ones keep their order and take slots 0 … k − 1, those among the last k one slot
  /// later (`llama/llama_mem.py` of epfml/landmark-attention).
  private func retrieveBlocks(_ logits: inout [Scalar], token p: Int, _ query: [Scalar], keyHead: Int) {
    guard case .landmark(let length, let retrieved?) = plan.normalisation else { return }
    let blocks = p / length
    guard retrieved < blocks else { return }
    func logit(of r: Int, slot: Int) -> Scalar {
      let position = (blocks - retrieved - 1 + slot) * length + r % length
      let rotate = Rotation<Scalar>(keyPlan(r), at: Double(position), side: .key, decayCentre: decayCentre)
      return capped(dot(query, rotate(row(keys, head: keyHead, token: r))))
    }
    let scores = (0..<blocks).map { block in
      logit(of: (block + 1) * length - 1, slot: max(0, block - (blocks - retrieved) + 1))
    }
    let chosen = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(retrieved).sorted()
    for r in 0..<blocks * length where !chosen.contains(r / length) { logits[r] = -.infinity }
    for (order, block) in chosen.enumerated() {
      let slot = block >= blocks - retrieved ? order + 1 : order
      for r in block * length..<(block + 1) * length where logits[r] > -.infinity {
        logits[r] = logit(of: r, slot: slot)
      }
    }
  }

  // MARK: Arithmetic

  private func rotation(
    of token: Int, by function: PositionFunction, _ plan: RotaryPlan, _ side: Rotation<Scalar>.Side
  ) -> Rotation<Scalar> {
    guard let pairs = plan.pairStreams, let streams = options.streams else {
      return Rotation(plan, at: function(token), side: side, decayCentre: decayCentre)
    }
    return Rotation(plan, side: side, decayCentre: decayCentre) { function(streams.position(of: token, in: pairs[$0])) }
  }

  private func capped(_ logit: Scalar) -> Scalar {
    guard let cap = options.softCap.map({ Scalar($0) }) else { return logit }
    return cap * .tanh(logit / cap)
  }

  private func dot(_ x: [Scalar], _ y: [Scalar]) -> Scalar {
    var sum: Scalar = 0
    for i in 0..<min(x.count, y.count) { sum += x[i] * y[i] }
    return sum
  }

  private func row(_ tensor: Tensor<Scalar>, head: Int, token: Int) -> ArraySlice<Scalar> {
    let start = (head * tensor.shape[1] + token) * tensor.shape[2]
    return tensor.values[start..<start + tensor.shape[2]]
  }
}
