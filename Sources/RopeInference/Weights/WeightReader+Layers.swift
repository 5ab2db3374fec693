/// The parts of a layer.
extension WeightReader {
  func finalNorm() throws(InferenceError) -> Block.Norm? {
    try norm(.finalNorm, 0, decoder.hiddenSize, by: decoder.finalNorm)
  }

  func headBias() throws(InferenceError) -> [Scalar] {
    try numbers(.outputHead, 0, decoder.vocabularySize, ending: ".bias")
  }

  func block(_ index: Int) throws(InferenceError) -> Block {
    let layer = decoder.layers[index], hidden = decoder.hiddenSize, attention = layer.attention
    var block = Block(output: try output(attention, index))
    block.attentionNorm = try norm(.attentionNorm, index, hidden, by: layer.attentionNorm)
    block.attentionOutputNorm = try norm(.attentionOutputNorm, index, hidden, by: layer.attentionOutputNorm)
    block.feedForwardNorm = try norm(.feedForwardNorm, index, hidden, by: layer.feedForwardNorm)
    block.feedForwardOutputNorm = try norm(.feedForwardOutputNorm, index, hidden, by: layer.feedForwardOutputNorm)
    if attention.latent == nil { block.projections = try projections(attention, index) }
    block.latent = try latent(attention, index)
    try readHeadNorms(attention, index, into: &block)
    block.feedForward = try feedForward(layer.feedForward, index)
    block.beside = try beside(layer, index)
    block.router = try layer.feedForward.mixture.map { mixture throws(InferenceError) in try router(mixture, index) }
    block.slopes = layer.feedForward.slopes?.map { Scalar($0) }
    if layer.feedForward.activation == .xielu, block.slopes == nil {
      block.slopes = []
      for (role, shape) in [(.slopeAbove, [1]), (.slopeBelow, [1]), (.slopeCommon, []), (.slopeLimit, [])]
        as [(WeightRole, [Int])]
      {
        let number = try tensor(try name(role, index), shape: shape)
        if mode == .read { block.slopes?.append(number.pointer[0]) }
      }
    }
    if let width = layer.tokenInput {
      block.tokenInput = try tokenInput(width, index)
    }
    if layer.hasScale { block.scale = try numbers(.scale, index, 1).first }
    return block
  }

  // MARK: Attention

  private func projections(_ attention: AttentionDescription, _ index: Int) throws(InferenceError) -> Block.Matrix {
    let queries = attention.queryFeatures, keys = attention.keyFeatures, hidden = decoder.hiddenSize
    if attention.keysFrom != nil {
      return try stacked([(.query, queries)], index, columns: hidden, hasBias: attention.hasBias)
    }
    if attention.projections == .separate,
      !(naming.isStored && place(.query, index) == nil && place(.queryKeyValue, index) != nil)
    {
      let values: (role: WeightRole, rows: Int) = (attention.keysAreValues ? .key : .value, keys)
      return try stacked([(.query, queries), (.key, keys), values], index, columns: hidden, hasBias: attention.hasBias)
    }
    let fused = try stackedRows(
      [(.queryKeyValue, queries + 2 * keys)], index, columns: hidden, hasBias: attention.hasBias)
    guard attention.projections == .grouped, !naming.isStored, mode == .read else {
      return .init(weight: product(fused.weight, columns: hidden), bias: fused.bias)
    }
    return .init(
      weight: product(ungrouped(fused.weight, attention, width: hidden), columns: hidden),
      bias: fused.bias.map { ungrouped($0, attention, width: 1) })
  }

  /// Rows that lie key head by key head, put in the order of all queries, all keys, all values.
  private func ungrouped(_ matrix: Buffer<Scalar>, _ attention: AttentionDescription, width: Int) -> Buffer<Scalar> {
    let result = Buffer<Scalar>(matrix.count), size = attention.headDimension * width
    let group = attention.heads / attention.keyValueHeads
    for head in 0..<attention.keyValueHeads {
      for part in 0..<group + 2 {
        let target =
          part < group
          ? head * group + part
          : attention.heads + (part - group) * attention.keyValueHeads + head
        (result.pointer + target * size).update(from: matrix.pointer + (head * (group + 2) + part) * size, count: size)
      }
    }
    return result
  }

  /// The output projection; columns for features that fill up a value are 0.
  private func output(_ attention: AttentionDescription, _ index: Int) throws(InferenceError) -> Block.Matrix {
    let hidden = decoder.hiddenSize, value = attention.valueDimension, size = attention.headDimension
    let stored = try stackedRows(
      [(.attentionOutput, hidden)], index, columns: attention.heads * value, hasBias: attention.hasOutputBias)
    guard value < size, mode == .read else {
      return .init(weight: product(stored.weight, columns: attention.heads * value), bias: stored.bias)
    }
    let weight = Buffer<Scalar>(hidden * attention.queryFeatures)
    weight.pointer.update(repeating: 0, count: weight.count)
    for row in 0..<hidden * attention.heads {
      (weight.pointer + row * size).update(from: stored.weight.pointer + row * value, count: value)
    }
    return .init(weight: product(weight, columns: attention.queryFeatures), bias: stored.bias)
  }

  private func latent(_ attention: AttentionDescription, _ index: Int) throws(InferenceError) -> Block.Latent? {
    guard let latent = attention.latent else { return nil }
    let hidden = decoder.hiddenSize, head = latent.plain + latent.rotated, heads = attention.heads
    // The class's own; llama.cpp has one for all norms.
    let norm = NormDescription(epsilon: naming.isStored ? decoder.finalNorm.epsilon : 1e-6)
    let inner = latent.queryRank ?? hidden
    let queries = try matrix(latent.queryRank == nil ? .query : .queryUp, index, heads * head, inner)
    let expanded = try keyValueUp(latent, heads: heads, index)
    var queryDown: Block.Matrix?
    if let rank = latent.queryRank {
      queryDown = try stacked([(.queryDown, rank)], index, columns: hidden, hasBias: latent.hasBias)
    }
    let keyValueDown = try stacked(
      [(.keyValueDown, latent.keyValueRank + latent.rotated)], index, columns: hidden, hasBias: latent.hasBias)
    let size = attention.headDimension
    // Rotated features first, as plans have them; what fills a head up is 0.
    let queryUp = arranged(
      queries, columns: inner, heads: heads, from: head, to: size,
      [(latent.plain, 0, latent.rotated), (0, latent.rotated, latent.plain)])
    let keys = arranged(
      expanded, columns: latent.keyValueRank, heads: heads, from: latent.plain + latent.value, to: size,
      [(0, latent.rotated, latent.plain)])
    let values = arranged(
      expanded, columns: latent.keyValueRank, heads: heads, from: latent.plain + latent.value, to: size,
      [(latent.plain, 0, latent.value)])
    let both = Buffer<Scalar>(keys.count + values.count)
    both.pointer.update(from: keys.pointer, count: keys.count)
    (both.pointer + keys.count).update(from: values.pointer, count: values.count)
    guard let keyValueNorm = try self.norm(.keyValueDownNorm, index, latent.keyValueRank, by: norm) else { return nil }
    return .init(
      queryDown: queryDown,
      queryNorm: try latent.queryRank.map { rank throws(InferenceError) in
        try self.norm(.queryDownNorm, index, rank, by: norm)
      } ?? nil,
      queryUp: product(queryUp, columns: inner), keyValueDown: keyValueDown, keyValueNorm: keyValueNorm,
      keyValueUp: product(both, columns: latent.keyValueRank))
  }

  /// Rows of each head: its keys, then its values.
  private func keyValueUp(
    _ latent: AttentionDescription.Latent, heads: Int, _ index: Int
  ) throws(InferenceError) -> Buffer<Scalar> {
    let rank = latent.keyValueRank, plain = latent.plain, value = latent.value
    guard naming.isStored, place(.keyUp, index) != nil else {
      return try matrix(.keyValueUp, index, heads * (plain + value), rank)
    }
    let keys = try tensor(try name(.keyUp, index), shape: [heads, rank, plain])
    let values = try tensor(try name(.valueUp, index), shape: [heads, value, rank])
    guard mode == .read else { return Buffer(0) }
    let result = Buffer<Scalar>(heads * (plain + value) * rank)
    for head in 0..<heads {
      let rows = result.pointer + head * (plain + value) * rank, source = keys.pointer + head * rank * plain
      for row in 0..<plain {
        for column in 0..<rank { rows[row * rank + column] = source[column * plain + row] }
      }
      (rows + plain * rank).update(from: values.pointer + head * value * rank, count: value * rank)
    }
    return result
  }

  /// Rows of each head moved to other places: runs of rows from, to, count.
  private func arranged(
    _ matrix: Buffer<Scalar>, columns: Int, heads: Int, from: Int, to: Int, _ runs: [(Int, Int, Int)]
  ) -> Buffer<Scalar> {
    guard mode == .read else { return matrix }
    let result = Buffer<Scalar>(heads * to * columns)
    result.pointer.update(repeating: 0, count: result.count)
    for head in 0..<heads {
      for (source, target, count) in runs {
        (result.pointer + (head * to + target) * columns)
          .update(from: matrix.pointer + (head * from + source) * columns, count: count * columns)
      }
    }
    return result
  }

  private func readHeadNorms(
    _ attention: AttentionDescription, _ index: Int, into block: inout Block
  ) throws(InferenceError) {
    guard let norm = attention.headNorm else { return }
    if norm.isAfterRotation, norm.norm.hasWeight, mode == .read {
      // The weights are the kernel's (`queryWeights`); what is left of the norm has none.
      let plain = NormDescription(kind: norm.norm.kind, epsilon: norm.norm.epsilon, hasWeight: false)
      block.queryNorm = try self.norm(.queryNorm, 0, attention.headDimension, by: plain)
      block.keyNorm = block.queryNorm
      return
    }
    block.queryNorm = try headNorm(.queryNorm, index, heads: attention.heads, attention, norm)
    if attention.keysFrom == nil {
      block.keyNorm = try headNorm(.keyNorm, index, heads: attention.keyValueHeads, attention, norm)
    }
  }

  private func headNorm(
    _ role: WeightRole, _ index: Int, heads: Int, _ attention: AttentionDescription,
    _ norm: AttentionDescription.HeadNorm
  ) throws(InferenceError) -> Block.Norm? {
    let size = attention.headDimension
    switch norm.scope {
    case .head: return try self.norm(role, index, size, by: norm.norm)
    case .projection: return try self.norm(role, index, heads * size, by: norm.norm)
    case .eachHead:
      if place(role, index, expert: 0)?.contains("norms.0") == true {
        // One tensor a head.
        let all = Buffer<Scalar>(heads * size)
        for head in 0..<heads {
          let part = try tensor(try name(role, index, expert: head), shape: [size])
          (all.pointer + head * size).update(from: part.pointer, count: part.count)
        }
        return .init(kind: norm.norm.kind, epsilon: Scalar(norm.norm.epsilon), weight: all, bias: nil)
      }
      return try self.norm(role, index, heads, size, by: norm.norm)
    }
  }

  /// Logits of the sinks, one a head.
  func sinks(_ index: Int) throws(InferenceError) -> [Double]? {
    let attention = decoder.layers[index].attention
    guard attention.hasSinks else { return nil }
    return try numbers(.sinks, index, attention.heads).map { Double($0) }
  }

  /// What multiplies the features of a rotated query: the weights of a norm after rotation, of queries and keys.
  func queryWeights(_ index: Int) throws(InferenceError) -> [Double]? {
    let attention = decoder.layers[index].attention
    guard let norm = attention.headNorm, norm.isAfterRotation, norm.norm.hasWeight else { return nil }
    let queries = try numbers(.queryNorm, index, attention.headDimension)
    let keys = try numbers(.keyNorm, index, attention.headDimension)
    return zip(queries, keys).map { Double($0) * Double($1) }
  }

  // MARK: Rows of each token for each layer

  /// The projection of the embedding to all layers' rows, and their norm.
  func tokenInputs() throws(InferenceError) -> (projection: ProductMatrix<Scalar>, norm: Block.Norm, table: String)? {
    guard let width = decoder.tokenInput else { return nil }
    let columns = decoder.layers.count * width
    let table = try name(.tokenInputs)
    try check(table, shape: [decoder.vocabularySize, columns])
    let projection = try matrix(.tokenInputProjection, 0, columns, decoder.hiddenSize)
    guard let norm = try norm(.tokenInputNorm, 0, width, by: decoder.finalNorm) else { return nil }
    return (product(projection, columns: decoder.hiddenSize), norm, table)
  }

  private func tokenInput(_ width: Int, _ index: Int) throws(InferenceError) -> Block.TokenInput? {
    let hidden = decoder.hiddenSize
    guard let norm = try norm(.tokenInputOutputNorm, index, hidden, by: decoder.finalNorm) else { return nil }
    return .init(
      gate: product(try matrix(.tokenInputGate, index, width, hidden), columns: hidden),
      output: product(try matrix(.tokenInputOutput, index, hidden, width), columns: width), norm: norm)
  }
}
