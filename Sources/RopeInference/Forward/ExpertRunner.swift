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
    let count = mixture.experts
    pool.run(over: 0..<rows, by: 256) { part, _ in
      let target = scores.pointer + part.lowerBound * count
      Scalar.multiplyByTransposed(
        inputs.pointer + part.lowerBound * hidden, stride: hidden, router.matrix.weight.pointer, into: target,
        stride: count, rows: part.count, columns: count, inner: hidden)
      guard let bias = router.matrix.bias else { return }
      for row in 0..<part.count { Scalar.add(bias.pointer, to: target + row * count, count: count) }
    }
    var users = [[(token: Int, share: Scalar)]](repeating: [], count: count)
    for token in 0..<rows {
      let logits = Array(UnsafeBufferPointer(start: scores.pointer + token * count, count: count))
      for (expert, share) in ExpertChoice(logits, mixture, correction: router.correction).shares {
        users[expert].append((token, share))
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
    Scalar.multiplyByTransposed(
      scratch.gathered.pointer, stride: hidden, weights.rising.weight.pointer, into: scratch.risen.pointer,
      stride: 2 * size, rows: users.count, columns: 2 * size, inner: hidden)
    for row in 0..<users.count {
      let line = scratch.risen.pointer + row * 2 * size
      if let bias = weights.rising.bias { Scalar.add(bias.pointer, to: line, count: 2 * size) }
      Scalar.activate(
        activation, gate: line, up: UnsafePointer(line + size), count: size,
        into: scratch.activated.pointer + row * size)
    }
    Scalar.multiplyByTransposed(
      scratch.activated.pointer, stride: size, weights.falling.weight.pointer, into: scratch.result.pointer,
      stride: hidden, rows: users.count, columns: hidden, inner: size)
    for (row, user) in users.enumerated() {
      let line = scratch.result.pointer + row * hidden, target = sums.pointer + user.token * hidden
      if let bias = weights.falling.bias { Scalar.add(bias.pointer, to: line, count: hidden) }
      let share = scalesInput ? 1 : user.share
      for i in 0..<hidden { target[i] += share * line[i] }
    }
  }
}

/// The experts of one token and their shares.
struct ExpertChoice<Scalar: ForwardScalar> {
  private(set) var shares: [(expert: Int, share: Scalar)] = []

  /// - Parameters:
  ///   - logits: the router's, one an expert.
  ///   - correction: added to scores for the choice only.
  init(_ logits: [Scalar], _ mixture: MixtureDescription, correction: [Scalar]?) {
    let scores: [Scalar] =
      switch mixture.scoring {
      case .softmax: Self.softmax(logits)
      case .sigmoid: logits.map { 1 / (1 + .exp(-$0)) }
      case .softmaxOfChosen, .sigmoidOfInput: logits
      }
    var ranked = correction.map { zip(scores, $0).map(+) } ?? scores
    if let groups = mixture.groups {
      Self.keepBest(groups, &ranked, isFloored: correction == nil && mixture.scoring == .softmax)
    }
    // Of equals the first: which one torch takes is not defined.
    let chosen = ranked.indices.sorted { (ranked[$1], $0) < (ranked[$0], $1) }.prefix(mixture.chosen)
    var own = chosen.map { scores[$0] }
    switch mixture.scoring {
    case .softmaxOfChosen: own = Self.softmax(own)
    case .sigmoidOfInput: own = own.map { 1 / (1 + .exp(-$0)) }
    case .softmax, .sigmoid: break
    }
    if mixture.normalises {
      let sum = own.reduce(0, +)
      own = own.map { $0 / sum }
    }
    let scale = Scalar(mixture.scale)
    shares = zip(chosen, own).map { ($0, $1 * scale) }
  }

  /// Scores of experts outside of the best groups can no longer be chosen.
  private static func keepBest(_ groups: MixtureDescription.Groups, _ ranked: inout [Scalar], isFloored: Bool) {
    let size = ranked.count / groups.count
    let best = (0..<groups.count).map { group -> Scalar in
      let own = ranked[group * size..<(group + 1) * size].sorted(by: >)
      return groups.score == .largest ? own[0] : own.prefix(2).reduce(0, +)
    }
    let kept = Set(best.indices.sorted { (best[$1], $0) < (best[$0], $1) }.prefix(groups.chosen))
    for expert in ranked.indices where !kept.contains(expert / size) { ranked[expert] = isFloored ? 0 : -.infinity }
  }

  private static func softmax(_ logits: [Scalar]) -> [Scalar] {
    let largest = logits.max() ?? 0
    let powers = logits.map { Scalar.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
