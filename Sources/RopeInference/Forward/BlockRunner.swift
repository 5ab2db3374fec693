/// Runs one block over a chunk of tokens; owns the chunk's activations.
final class BlockRunner<Scalar: ForwardScalar> {
  /// Rows that a worker takes through the products at a time.
  static var rowsPerPiece: Int { 256 }

  let architecture: Architecture
  let pool: WorkerPool
  private let normOffset: Scalar
  private let projected: Buffer<Scalar>
  private let attended: Buffer<Scalar>
  private let scratch: [Scratch]

  /// What a worker needs for its rows.
  private struct Scratch {
    let normed: Buffer<Scalar>
    let added: Buffer<Scalar>
    let risen: Buffer<Scalar>
    let activated: Buffer<Scalar>
  }

  init(_ architecture: Architecture, normOffset: Double, chunk: Int, pool: WorkerPool) {
    self.architecture = architecture
    self.pool = pool
    self.normOffset = Scalar(normOffset)
    projected = Buffer(chunk * (architecture.queryFeatures + 2 * architecture.keyFeatures))
    attended = Buffer(chunk * architecture.queryFeatures)
    let rows = min(Self.rowsPerPiece, chunk)
    let gates = architecture.block.feedForward == .plain ? 1 : 2
    scratch = (0..<pool.workers).map { _ in
      Scratch(
        normed: Buffer(rows * architecture.hiddenSize), added: Buffer(rows * architecture.hiddenSize),
        risen: Buffer(rows * gates * architecture.intermediateSize),
        activated: Buffer(rows * architecture.intermediateSize))
    }
  }

  /// Takes the hidden states of `tokens` through a block, in place.
  ///
  /// - Parameters:
  ///   - x: the chunk's rows.
  ///   - needed: the tokens whose new states matter; of the others only keys and values are computed.
  ///   - observe: sees the un-rotated queries and keys.
  func run(
    _ weights: BlockWeights<Scalar>, _ attention: any LayerAttention<Scalar>, x: UnsafeMutablePointer<Scalar>,
    tokens: Range<Int>, needed: Range<Int>, observe: ((QueryKeyRows, QueryKeyRows) -> Void)? = nil
  ) throws(InferenceError) {
    let queries = architecture.queryFeatures, keys = architecture.keyFeatures, width = queries + 2 * keys
    let answered = needed.clamped(to: tokens)
    project(weights, x: x, tokens: tokens, keysOnly: answered.isEmpty && observe == nil)
    if let observe { self.observe(tokens, observe) }
    attention.append(
      keys: projected.pointer + queries, values: projected.pointer + queries + keys, stride: width, tokens: tokens,
      pool: pool)
    guard !answered.isEmpty else { return }
    let first = answered.lowerBound - tokens.lowerBound
    try attention.attend(
      queries: projected.pointer + first * width, stride: width, tokens: answered, into: attended.pointer, pool: pool)
    finish(weights, x: x + first * architecture.hiddenSize, rows: answered.count)
  }

  /// Norm, projections and the norms of queries and keys.
  private func project(
    _ weights: BlockWeights<Scalar>, x: UnsafeMutablePointer<Scalar>, tokens: Range<Int>, keysOnly: Bool
  ) {
    let hidden = architecture.hiddenSize, queries = architecture.queryFeatures, keys = architecture.keyFeatures
    let width = queries + 2 * keys, skipped = keysOnly ? queries : 0
    let size = architecture.headDimension
    let epsilon = Scalar(architecture.block.norm.epsilon)
    pool.run(over: 0..<tokens.count, by: Self.rowsPerPiece) { part, worker in
      let normed = scratch[worker].normed.pointer, target = projected.pointer + part.lowerBound * width
      norm(x + part.lowerBound * hidden, by: weights.attentionNorm, rows: part.count, into: normed)
      Scalar.multiplyByTransposed(
        normed, stride: hidden, weights.projections.pointer + skipped * hidden, into: target + skipped, stride: width,
        rows: part.count, columns: width - skipped, inner: hidden)
      for row in 0..<part.count {
        let line = target + row * width
        if let bias = weights.projectionBias { Scalar.add(bias.pointer, to: line, count: width) }
        guard let queryNorm = weights.queryNorm, let keyNorm = weights.keyNorm else { continue }
        Scalar.rootMeanSquareNorm(
          line, stride: size, weight: queryNorm.weight.pointer, offset: normOffset, epsilon: epsilon,
          rows: keysOnly ? 0 : architecture.heads, columns: size, into: line, stride: size)
        Scalar.rootMeanSquareNorm(
          line + queries, stride: size, weight: keyNorm.weight.pointer, offset: normOffset, epsilon: epsilon,
          rows: architecture.keyValueHeads, columns: size, into: line + queries, stride: size)
      }
    }
  }

  /// Output projection, residuals and the feed-forward layer.
  private func finish(_ weights: BlockWeights<Scalar>, x: UnsafeMutablePointer<Scalar>, rows: Int) {
    let block = architecture.block, hidden = architecture.hiddenSize, queries = architecture.queryFeatures
    pool.run(over: 0..<rows, by: Self.rowsPerPiece) { part, worker in
      let scratch = scratch[worker], states = x + part.lowerBound * hidden, count = part.count
      if block.isParallel { norm(states, by: weights.feedForwardNorm, rows: count, into: scratch.normed.pointer) }
      Scalar.multiplyByTransposed(
        attended.pointer + part.lowerBound * queries, stride: queries, weights.output.pointer,
        into: scratch.added.pointer, stride: hidden, rows: count, columns: hidden, inner: queries)
      add(scratch.added, to: states, bias: weights.outputBias, norm: weights.attentionOutputNorm, rows: count)
      if !block.isParallel { norm(states, by: weights.feedForwardNorm, rows: count, into: scratch.normed.pointer) }
      feedForward(weights, scratch, rows: count)
      add(scratch.added, to: states, bias: weights.fallingBias, norm: weights.feedForwardOutputNorm, rows: count)
    }
  }

  /// From `normed` to `added`.
  private func feedForward(_ weights: BlockWeights<Scalar>, _ scratch: Scratch, rows: Int) {
    let hidden = architecture.hiddenSize, inner = architecture.intermediateSize
    let isGated = architecture.block.feedForward != .plain, width = isGated ? 2 * inner : inner
    Scalar.multiplyByTransposed(
      scratch.normed.pointer, stride: hidden, weights.rising.pointer, into: scratch.risen.pointer, stride: width,
      rows: rows, columns: width, inner: hidden)
    for row in 0..<rows {
      let line = scratch.risen.pointer + row * width
      if let bias = weights.risingBias { Scalar.add(bias.pointer, to: line, count: width) }
      Scalar.activate(
        architecture.block.activation, gate: line, up: isGated ? UnsafePointer(line + inner) : nil, count: inner,
        into: scratch.activated.pointer + row * inner)
    }
    Scalar.multiplyByTransposed(
      scratch.activated.pointer, stride: inner, weights.falling.pointer, into: scratch.added.pointer, stride: hidden,
      rows: rows, columns: hidden, inner: inner)
  }

  private func add(
    _ added: Buffer<Scalar>, to states: UnsafeMutablePointer<Scalar>, bias: Buffer<Scalar>?,
    norm outputNorm: BlockWeights<Scalar>.Norm?, rows: Int
  ) {
    let hidden = architecture.hiddenSize
    if let bias {
      for row in 0..<rows { Scalar.add(bias.pointer, to: added.pointer + row * hidden, count: hidden) }
    }
    if let outputNorm { norm(added.pointer, by: outputNorm, rows: rows, into: added.pointer) }
    Scalar.add(added.pointer, to: states, count: rows * hidden)
  }

  /// Norms rows of hidden states; source and target may be the same.
  func norm(
    _ x: UnsafePointer<Scalar>, by norm: BlockWeights<Scalar>.Norm, rows: Int, into y: UnsafeMutablePointer<Scalar>
  ) {
    let hidden = architecture.hiddenSize, epsilon = Scalar(architecture.block.norm.epsilon)
    switch architecture.block.norm.kind {
    case .rootMeanSquare:
      Scalar.rootMeanSquareNorm(
        x, stride: hidden, weight: norm.weight.pointer, offset: normOffset, epsilon: epsilon, rows: rows,
        columns: hidden, into: y, stride: hidden)
    case .layer:
      Scalar.layerNorm(
        x, weight: norm.weight.pointer, bias: norm.bias.map { UnsafePointer($0.pointer) }, epsilon: epsilon, rows: rows,
        columns: hidden, into: y)
    }
  }

  private func observe(_ tokens: Range<Int>, _ body: (QueryKeyRows, QueryKeyRows) -> Void) {
    let queries = architecture.queryFeatures, width = queries + 2 * architecture.keyFeatures
    let projected = projected
    func rows(_ heads: Int, from start: Int) -> QueryKeyRows {
      QueryKeyRows(heads: heads, headDimension: architecture.headDimension) { row, index in
        Double(projected.pointer[row * width + start + index])
      }
    }
    body(rows(architecture.heads, from: 0), rows(architecture.keyValueHeads, from: queries))
  }
}
