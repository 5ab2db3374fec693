/// Queries, keys and values of a chunk, and their norms.
extension BlockRunner {
  /// Norm, projections and the norms of queries and keys.
  func project(_ pass: Pass, _ layer: LayerDescription, _ weights: Weights, width: Int, keysOnly: Bool) {
    let attention = layer.attention, hidden = decoder.hiddenSize, queries = attention.queryFeatures
    // Whole panels of queries that nobody asks for.
    let panel = ProductMatrix<Scalar>.panel, skipped = keysOnly ? queries / panel * panel : 0
    pool.run(over: 0..<pass.tokens.count, by: Self.rowsPerPiece) { part, worker in
      let target = projected.pointer + part.lowerBound * width
      let states = pass.x + part.lowerBound * hidden
      var input = UnsafePointer(states)
      if let norm = weights.attentionNorm {
        self.norm(states, by: norm, rows: part.count, into: scratch[worker].normed.pointer)
        input = UnsafePointer(scratch[worker].normed.pointer)
      }
      if let latent = weights.latent {
        project(input, by: latent, attention, rows: part, into: target, width: width, keysOnly: keysOnly)
      } else if let matrix = weights.projections {
        matrix.weight.multiply(
          input, stride: hidden, rows: part.count, into: target + skipped, stride: width, outputs: skipped..<width)
        if let bias = matrix.bias {
          for row in 0..<part.count { Scalar.add(bias.pointer, to: target + row * width, count: width) }
        }
      }
      for row in 0..<part.count {
        normHeads(target + row * width, attention, weights, factor: pass.factorBeforeNorm, keysOnly: keysOnly)
      }
    }
  }

  /// The norms of one token's queries, keys and values, and their cut.
  private func normHeads(
    _ line: UnsafeMutablePointer<Scalar>, _ attention: AttentionDescription, _ weights: Weights, factor: Double,
    keysOnly: Bool
  ) {
    let queries = attention.queryFeatures, keys = attention.keyFeatures, hasKeys = attention.keysFrom == nil
    // A rotation multiplied by a and normed after it is one that was normed with ε/a².
    if !keysOnly, let norm = weights.queryNorm {
      normHeads(line, attention.heads, norm, attention, factor: factor)
    }
    if hasKeys, let norm = weights.keyNorm {
      normHeads(line + queries, attention.keyValueHeads, norm, attention, factor: factor)
    }
    if hasKeys, let valueNorm = attention.valueNorm {
      let size = attention.headDimension, values = line + queries + keys
      for head in 0..<attention.keyValueHeads {
        PlainLoops.scaleToUnitMeanSquare(values + head * size, count: size, epsilon: Scalar(valueNorm.epsilon))
      }
    }
    if let clip = attention.clip.map({ Scalar($0) }) {
      for i in 0..<queries + (hasKeys ? 2 * keys : 0) { line[i] = min(max(line[i], -clip), clip) }
    }
  }

  private func normHeads(
    _ line: UnsafeMutablePointer<Scalar>, _ heads: Int, _ norm: Weights.Norm, _ attention: AttentionDescription,
    factor: Double
  ) {
    let size = attention.headDimension, epsilon = norm.epsilon / Scalar(factor * factor)
    switch attention.headNorm?.scope ?? .head {
    case .projection:
      self.norm(line, by: norm, rows: 1, columns: heads * size, epsilon: epsilon, into: line)
    case .head:
      self.norm(line, by: norm, rows: heads, columns: size, epsilon: epsilon, into: line)
    case .eachHead:
      for head in 0..<heads {
        self.norm(
          line + head * size, by: norm, rows: 1, columns: size, epsilon: epsilon, offset: head * size,
          into: line + head * size)
      }
    }
  }

  /// Queries from a narrow row, keys and values from another, and the slice of keys that all heads share.
  private func project(
    _ input: UnsafePointer<Scalar>, by weights: Weights.Latent, _ attention: AttentionDescription, rows: Range<Int>,
    into target: UnsafeMutablePointer<Scalar>, width: Int, keysOnly: Bool
  ) {
    guard let latent = attention.latent else { return }
    let hidden = decoder.hiddenSize, queries = attention.queryFeatures, count = rows.count
    let rank = latent.queryRank ?? 0, lower = latent.keyValueRank + latent.rotated, stride = rank + lower
    let line = narrow.pointer + rows.lowerBound * stride
    if !keysOnly {
      if let down = weights.queryDown, let norm = weights.queryNorm {
        down.multiply(input, stride: hidden, rows: count, into: line, stride: stride)
        for row in 0..<count {
          self.norm(
            line + row * stride, by: norm, rows: 1, columns: rank, epsilon: norm.epsilon, into: line + row * stride)
        }
        weights.queryUp.multiply(line, stride: stride, rows: count, into: target, stride: width)
      } else {
        weights.queryUp.multiply(input, stride: hidden, rows: count, into: target, stride: width)
      }
    }
    let keys = line + rank
    weights.keyValueDown.multiply(input, stride: hidden, rows: count, into: keys, stride: stride)
    for row in 0..<count {
      let own = keys + row * stride
      self.norm(
        own, by: weights.keyValueNorm, rows: 1, columns: latent.keyValueRank, epsilon: weights.keyValueNorm.epsilon,
        into: own)
    }
    weights.keyValueUp.multiply(keys, stride: stride, rows: count, into: target + queries, stride: width)
    for row in 0..<count {
      let shared = keys + row * stride + latent.keyValueRank
      for head in 0..<attention.keyValueHeads {
        (target + row * width + queries + head * attention.headDimension).update(from: shared, count: latent.rotated)
      }
    }
  }
}
