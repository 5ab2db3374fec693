import RealModule

/// Runs the experts of a mixture over a chunk of tokens: each expert once, over the tokens that chose it.
final class ExpertRunner<Scalar: ForwardScalar> {
  typealias Weights = BlockWeights<Scalar>

  /// Tokens of one expert that a worker takes at a time.
  private static var rowsPerPiece: Int { 32 }

  /// What the router and the experts read, `[token][feature]`.
  let inputs: Buffer<Scalar>
  /// What is to be added to the states, the shared expert's part first.
  let sums: Buffer<Scalar>
  /// What the router reads and what the dense part made, of experts that stand beside it.
  let routed: Buffer<Scalar>
  let dense: Buffer<Scalar>
  private let store: WeightStore<Scalar>
  private let pool: WorkerPool
  private let hidden: Int
  private let scores: Buffer<Scalar>
  private let scratch: [Scratch]

  private struct Scratch {
    let gathered: Buffer<Scalar>
    let risen: Buffer<Scalar>
    let activated: Buffer<Scalar>
    let result: Buffer<Scalar>
  }

  init(_ store: WeightStore<Scalar>, chunk: Int, pool: WorkerPool) {
    let decoder = store.reader.decoder
    self.store = store
    self.pool = pool
    hidden = decoder.hiddenSize
    inputs = Buffer(chunk * hidden)
    sums = Buffer(chunk * hidden)
    let mixtures = decoder.layers.compactMap(\.feedForward.mixture)
    let beside = mixtures.contains(where: \.isBeside) ? chunk * hidden : 0
    routed = Buffer(beside)
    dense = Buffer(beside)
    scores = Buffer(chunk * (mixtures.map(\.experts).max() ?? 0))
    let size = mixtures.map(\.size).max() ?? 0, rows = Self.rowsPerPiece, hidden = hidden
    scratch = (0..<pool.workers).map { _ in
      Scratch(
        gathered: Buffer(rows * hidden), risen: Buffer(rows * 2 * size), activated: Buffer(rows * size),
        result: Buffer(rows * hidden))
    }
  }

  /// Takes the shared expert's rows over, as far as each token takes them.
  func take(shared rows: UnsafePointer<Scalar>, _ part: Range<Int>, _ router: Weights.Router?) {
    for (row, token) in part.enumerated() {
      let target = sums.pointer + token * hidden, source = rows + row * hidden
      target.update(from: source, count: hidden)
      guard let gate = router?.shared else { continue }
      var logit: Scalar = 0
      for i in 0..<hidden { logit += gate.pointer[i] * inputs.pointer[token * hidden + i] }
      let share = 1 / (1 + Scalar.exp(-logit))
      for i in 0..<hidden { target[i] *= share }
    }
  }

  func run(
    _ layer: Int, _ mixture: MixtureDescription, _ router: Weights.Router, _ feed: FeedForwardDescription, rows: Int
  ) throws(InferenceError) {
    let count = mixture.experts, read = mixture.isBeside ? routed : inputs
    pool.run(over: 0..<rows, by: 256) { part, _ in
      router.matrix.multiply(
        read.pointer + part.lowerBound * hidden, stride: hidden, rows: part.count,
        into: scores.pointer + part.lowerBound * count, stride: count)
    }
    var users = [[(token: Int, share: Scalar)]](repeating: [], count: count)
    for token in 0..<rows {
      let logits = Array(UnsafeBufferPointer(start: scores.pointer + token * count, count: count))
      for (expert, share) in ExpertChoice(logits, mixture, correction: router.correction).shares {
        users[expert].append((token, share * (router.expertScale?[expert] ?? 1)))
      }
    }
    for expert in 0..<count where !users[expert].isEmpty {
      let weights = try store.expert(expert, of: layer), tokens = users[expert]
      pool.run(over: 0..<tokens.count, by: Self.rowsPerPiece) { part, worker in
        run(weights, mixture, feed.activation, tokens[part], scratch[worker])
      }
    }
  }

  private func run(
    _ weights: Weights.FeedForward, _ mixture: MixtureDescription, _ activation: Activation,
    _ users: ArraySlice<(token: Int, share: Scalar)>, _ scratch: Scratch
  ) {
    let size = mixture.size, scalesInput = mixture.scoring == .sigmoidOfInput
    for (row, user) in users.enumerated() {
      let line = scratch.gathered.pointer + row * hidden
      line.update(from: inputs.pointer + user.token * hidden, count: hidden)
      if scalesInput { for i in 0..<hidden { line[i] *= user.share } }
    }
    weights.run(
      scratch.gathered.pointer, rows: users.count, hidden: hidden, size: size, isGated: true, activation: activation,
      risen: scratch.risen.pointer, activated: scratch.activated.pointer, into: scratch.result.pointer)
    for (row, user) in users.enumerated() {
      let line = scratch.result.pointer + row * hidden, target = sums.pointer + user.token * hidden
      let share = scalesInput ? 1 : user.share
      for i in 0..<hidden { target[i] += share * line[i] }
    }
  }
}
