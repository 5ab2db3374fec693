/// Runs one layer over a chunk of tokens; owns the chunk's activations.
final class BlockRunner<Scalar: ForwardScalar> {
  typealias Weights = BlockWeights<Scalar>

  /// Rows that a worker takes through the products at a time.
  static var rowsPerPiece: Int { 256 }

  /// What a layer is run over.
  struct Pass {
    let layer: Int
    let attention: any LayerAttention<Scalar>
    /// Factor of the rotation that a norm after it takes away.
    var factorBeforeNorm = 1.0
    /// The chunk's rows.
    let x: UnsafeMutablePointer<Scalar>
    let tokens: Range<Int>
    /// The tokens whose new states matter; of the others only keys and values are computed.
    let needed: Range<Int>
    /// The chunk's rows of its own for each layer; nil where the model has none.
    var tokenInputs: UnsafePointer<Scalar>?
  }

  let decoder: Decoder
  let pool: WorkerPool
  private let store: WeightStore<Scalar>
  let projected: Buffer<Scalar>
  private let attended: Buffer<Scalar>
  let scratch: [Scratch]
  let narrow: Buffer<Scalar>
  private let experts: ExpertRunner<Scalar>?

  /// What a worker needs for its rows.
  struct Scratch {
    let normed: Buffer<Scalar>
    let added: Buffer<Scalar>
    let risen: Buffer<Scalar>
    let activated: Buffer<Scalar>
  }

  init(_ store: WeightStore<Scalar>, chunk: Int, pool: WorkerPool) {
    let decoder = store.reader.decoder
    self.decoder = decoder
    self.store = store
    self.pool = pool
    func largest(_ size: (LayerDescription) -> Int) -> Int { decoder.layers.lazy.map(size).max() ?? 0 }
    projected = Buffer(chunk * largest { $0.attention.queryFeatures + 2 * $0.attention.keyFeatures })
    attended = Buffer(chunk * largest { $0.attention.queryFeatures })
    narrow = Buffer(
      chunk
        * largest { layer in
          layer.attention.latent.map { ($0.queryRank ?? 0) + $0.keyValueRank + $0.rotated } ?? 0
        })
    let rows = min(Self.rowsPerPiece, chunk), hidden = decoder.hiddenSize
    let rising = largest { max(($0.feedForward.isGated ? 2 : 1) * $0.feedForward.size, $0.tokenInput ?? 0) }
    let inner = largest { max($0.feedForward.size, $0.tokenInput ?? 0) }
    scratch = (0..<pool.workers).map { _ in
      Scratch(
        normed: Buffer(rows * hidden), added: Buffer(rows * hidden), risen: Buffer(rows * rising),
        activated: Buffer(rows * inner))
    }
    let hasExperts = decoder.layers.contains { $0.feedForward.mixture != nil }
    experts = hasExperts ? ExpertRunner(store, chunk: chunk, pool: pool) : nil
  }

  /// Takes the hidden states of a pass's tokens through its layer, in place.
  ///
  /// - Parameter observe: sees the un-rotated queries and keys.
  func run(_ pass: Pass, observe: ((QueryKeyRows, QueryKeyRows?) -> Void)? = nil) throws(InferenceError) {
    let layer = decoder.layers[pass.layer], attention = layer.attention, weights = try store.block(pass.layer)
    let queries = attention.queryFeatures, keys = attention.keyFeatures
    let width = queries + (attention.keysFrom == nil ? 2 * keys : 0)
    let answered = pass.needed.clamped(to: pass.tokens)
    if answered.isEmpty, observe == nil, attention.keysFrom != nil { return }
    project(pass, layer, weights, width: width, keysOnly: answered.isEmpty && observe == nil)
    if let observe { self.observe(attention, width: width, observe) }
    if attention.keysFrom == nil {
      pass.attention.append(
        keys: projected.pointer + queries, values: projected.pointer + queries + keys, stride: width,
        tokens: pass.tokens, pool: pool)
    }
    guard !answered.isEmpty else { return }
    let first = answered.lowerBound - pass.tokens.lowerBound
    try pass.attention.attend(
      queries: projected.pointer + first * width, stride: width, tokens: answered, into: attended.pointer, pool: pool)
    let inputs = layer.tokenInput.flatMap { size in
      pass.tokenInputs.map { $0 + (first * decoder.layers.count + pass.layer) * size }
    }
    try finish(
      pass.layer, layer, weights, x: pass.x + first * decoder.hiddenSize, rows: answered.count, tokenInputs: inputs)
  }

  // MARK: What follows attention

  /// Output projection, residuals and the feed-forward layer.
  private func finish(
    _ index: Int, _ layer: LayerDescription, _ weights: Weights, x: UnsafeMutablePointer<Scalar>, rows: Int,
    tokenInputs: UnsafePointer<Scalar>?
  ) throws(InferenceError) {
    let hidden = decoder.hiddenSize
    let mixed = layer.feedForward.mixture == nil ? nil : experts
    pool.run(over: 0..<rows, by: Self.rowsPerPiece) { part, worker in
      let scratch = scratch[worker], states = x + part.lowerBound * hidden
      // The row that the feed-forward layer reads.
      let shared = weights.beside == nil ? mixed : nil
      let target = shared.map { $0.inputs.pointer + part.lowerBound * hidden } ?? scratch.normed.pointer
      if layer.isParallel { feedForwardInput(layer, weights, states, rows: part.count, into: target) }
      attentionOutput(layer, weights, scratch, states, part)
      if !layer.isParallel { feedForwardInput(layer, weights, states, rows: part.count, into: target) }
      if let feed = weights.feedForward {
        feed.run(
          target, rows: part.count, hidden: hidden, size: layer.feedForward.size, isGated: layer.feedForward.isGated,
          activation: layer.feedForward.activation, slopes: weights.slopes, risen: scratch.risen.pointer,
          activated: scratch.activated.pointer, into: scratch.added.pointer)
      } else {
        scratch.added.pointer.update(repeating: 0, count: part.count * hidden)
      }
      if let mixed, let beside = weights.beside {
        let first = part.lowerBound * hidden
        norm(scratch.added.pointer, by: beside.denseOutputNorm, rows: part.count, into: mixed.dense.pointer + first)
        norm(states, by: beside.expertNorm, rows: part.count, into: mixed.inputs.pointer + first)
        norm(states, by: beside.routerNorm, rows: part.count, into: mixed.routed.pointer + first)
        (mixed.sums.pointer + first).update(repeating: 0, count: part.count * hidden)
      } else if let mixed {
        mixed.take(shared: scratch.added.pointer, part, weights.router)
      } else {
        end(layer, weights, scratch, states, scratch.added.pointer, part, tokenInputs)
      }
    }
    guard let mixed, let mixture = layer.feedForward.mixture, let router = weights.router else { return }
    try mixed.run(index, mixture, router, layer.feedForward, rows: rows)
    pool.run(over: 0..<rows, by: Self.rowsPerPiece) { part, worker in
      if let beside = weights.beside {
        let sums = mixed.sums.pointer + part.lowerBound * hidden
        norm(sums, by: beside.expertOutputNorm, rows: part.count, into: sums)
        Scalar.add(mixed.dense.pointer + part.lowerBound * hidden, to: sums, count: part.count * hidden)
      }
      end(
        layer, weights, scratch[worker], x + part.lowerBound * hidden, mixed.sums.pointer + part.lowerBound * hidden,
        part, tokenInputs)
    }
  }

  private func feedForwardInput(
    _ layer: LayerDescription, _ weights: Weights, _ states: UnsafeMutablePointer<Scalar>, rows: Int,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    if let norm = weights.feedForwardNorm ?? (layer.isParallel ? weights.attentionNorm : nil) {
      self.norm(states, by: norm, rows: rows, into: target)
    } else {
      target.update(from: states, count: rows * decoder.hiddenSize)
    }
  }

  private func attentionOutput(
    _ layer: LayerDescription, _ weights: Weights, _ scratch: Scratch, _ states: UnsafeMutablePointer<Scalar>,
    _ part: Range<Int>
  ) {
    let hidden = decoder.hiddenSize, queries = layer.attention.queryFeatures
    weights.output.multiply(
      attended.pointer + part.lowerBound * queries, stride: queries, rows: part.count, into: scratch.added.pointer,
      stride: hidden)
    add(
      scratch.added.pointer, to: states, norm: weights.attentionOutputNorm, scale: layer.residualScale,
      rows: part.count)
  }

  /// Adds what the feed-forward layer made, then the token's row of its own, and scales the result.
  private func end(
    _ layer: LayerDescription, _ weights: Weights, _ scratch: Scratch, _ states: UnsafeMutablePointer<Scalar>,
    _ added: UnsafeMutablePointer<Scalar>, _ part: Range<Int>, _ tokenInputs: UnsafePointer<Scalar>?
  ) {
    let hidden = decoder.hiddenSize, rows = part.count
    add(added, to: states, norm: weights.feedForwardOutputNorm, scale: layer.residualScale, rows: rows)
    if let input = weights.tokenInput, let width = layer.tokenInput, let tokenInputs {
      input.gate.multiply(states, stride: hidden, rows: rows, into: scratch.risen.pointer, stride: width)
      for row in 0..<rows {
        Scalar.activate(
          layer.feedForward.activation, gate: scratch.risen.pointer + row * width,
          up: tokenInputs + (part.lowerBound + row) * decoder.layers.count * width, count: width,
          into: scratch.activated.pointer + row * width)
      }
      input.output.multiply(
        scratch.activated.pointer, stride: width, rows: rows, into: scratch.added.pointer, stride: hidden)
      add(scratch.added.pointer, to: states, norm: input.norm, scale: 1, rows: rows)
    }
    if let scale = weights.scale { for i in 0..<rows * hidden { states[i] *= scale } }
  }

  // MARK: Rows

  private func add(
    _ added: UnsafeMutablePointer<Scalar>, to states: UnsafeMutablePointer<Scalar>, norm outputNorm: Weights.Norm?,
    scale: Double, rows: Int
  ) {
    let count = rows * decoder.hiddenSize
    if let outputNorm { norm(added, by: outputNorm, rows: rows, into: added) }
    if scale != 1 {
      let scale = Scalar(scale)
      for i in 0..<count { added[i] *= scale }
    }
    Scalar.add(added, to: states, count: count)
  }

  /// Norms rows of hidden states; source and target may be the same.
  func norm(_ x: UnsafePointer<Scalar>, by norm: Weights.Norm, rows: Int, into y: UnsafeMutablePointer<Scalar>) {
    self.norm(x, by: norm, rows: rows, columns: decoder.hiddenSize, epsilon: norm.epsilon, into: y)
  }

  func norm(
    _ x: UnsafePointer<Scalar>, by norm: Weights.Norm, rows: Int, columns: Int, epsilon: Scalar, offset: Int = 0,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    switch norm.kind {
    case .rootMeanSquare:
      Scalar.rootMeanSquareNorm(
        x, stride: columns, weight: norm.weight.pointer + offset, offset: 0, epsilon: epsilon, rows: rows,
        columns: columns, into: y, stride: columns)
    case .layer:
      Scalar.layerNorm(
        x, weight: norm.weight.pointer + offset, bias: norm.bias.map { UnsafePointer($0.pointer + offset) },
        epsilon: epsilon, rows: rows, columns: columns, into: y)
    }
  }

  private func observe(_ attention: AttentionDescription, width: Int, _ body: (QueryKeyRows, QueryKeyRows?) -> Void) {
    let projected = projected
    func rows(_ heads: Int, from start: Int) -> QueryKeyRows {
      QueryKeyRows(heads: heads, headDimension: attention.headDimension) { row, index in
        Double(projected.pointer[row * width + start + index])
      }
    }
    let keys = attention.keysFrom == nil ? rows(attention.keyValueHeads, from: attention.queryFeatures) : nil
    body(rows(attention.heads, from: 0), keys)
  }
}
