import Foundation
import RopeMath
import RopeTensors

/// The forward pass of a decoder in one number type: what an `Architecture` describes, over the weights of a source.
///
/// Whole texts go layer by layer, so that one layer's keys and values are kept at a time and weights are expanded once;
/// a session goes token by token and keeps all of them. Float32 uses tiles, OpenBLAS and several threads; float64 the
/// plain kernel.
public final class Transformer<Scalar: ForwardScalar>: LanguageModel {
  public let architecture: Architecture
  let store: WeightStore<Scalar>
  let pool: WorkerPool
  private let finalNorm: BlockWeights<Scalar>.Norm

  /// - Parameters:
  ///   - memoryLimit: bytes up to which weights are kept expanded.
  ///   - workers: threads; nil for one a processor.
  /// - Throws: `InferenceError` where tensors are missing or have other shapes than the architecture's.
  public init(
    _ architecture: Architecture, weights: any WeightSource, memoryLimit: Int = 2 << 30, workers: Int? = nil
  ) throws(InferenceError) {
    try architecture.check()
    self.architecture = architecture
    pool = WorkerPool(workers: workers)
    let reader = try WeightReader<Scalar>(weights, architecture)
    try reader.checkShapes()
    finalNorm = try reader.norm(.finalNorm, 0, architecture.hiddenSize)
    store = WeightStore(reader, memoryLimit: memoryLimit)
  }

  // MARK: Whole texts

  public func forEachLogits(
    of tokens: [Int], plans: LayerPlans, at positions: Range<Int>, options: RunOptions,
    _ body: (_ position: Int, _ logits: [Double]) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    let states = try states(of: tokens, plans: plans, needed: positions, options: options)
    let hidden = architecture.hiddenSize
    for start in stride(from: positions.lowerBound, to: positions.upperBound, by: 64) {
      let part = start..<min(start + 64, positions.upperBound)
      let rows = try logits(states.pointer + start * hidden, rows: part.count)
      for (row, position) in part.enumerated() {
        let line = UnsafeBufferPointer(
          start: rows.pointer + row * architecture.vocabularySize, count: architecture.vocabularySize)
        guard line.allSatisfy(\.isFinite) else { throw Self.notFinite(position) }
        try body(position, line.map { Double($0) })
      }
    }
  }

  public func losses(
    of tokens: [Int], plans: LayerPlans, options: RunOptions
  ) throws(InferenceError) -> [Double] {
    guard tokens.count > 1 else { return [] }
    let states = try states(of: tokens, plans: plans, needed: 0..<tokens.count, options: options)
    return try losses(states, tokens: tokens, options.control)
  }

  public func forEachQueryKey(
    of tokens: [Int], plans: LayerPlans, options: RunOptions,
    _ body: (_ layer: Int, _ tokens: Range<Int>, _ queries: QueryKeyRows, _ keys: QueryKeyRows) -> Void
  ) throws(InferenceError) {
    var failure: InferenceError?
    withoutActuallyEscaping(body) { body in
      do throws(InferenceError) {
        _ = try states(of: tokens, plans: plans, needed: 0..<0, options: options, observe: body)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Final hidden states, normed, `[token][feature]`; only the rows of `needed` are set.
  func states(
    of tokens: [Int], plans: LayerPlans, needed: Range<Int>, options: RunOptions,
    observe: ((Int, Range<Int>, QueryKeyRows, QueryKeyRows) -> Void)? = nil
  ) throws(InferenceError) -> Buffer<Scalar> {
    guard needed.lowerBound >= 0, needed.upperBound <= tokens.count, !tokens.isEmpty else {
      throw .option("positions \(needed.lowerBound) … \(needed.upperBound) lie beyond the \(tokens.count) tokens")
    }
    let hidden = architecture.hiddenSize, chunk = max(1, min(options.chunk, tokens.count))
    try checkMemory(tokens: tokens.count, numbers: hidden + 2 * architecture.keyFeatures)
    let states = Buffer<Scalar>(tokens.count * hidden)
    try embed(tokens, into: states.pointer)
    let tables = try PlanTableSet<Scalar>(plans, tokens: tokens.count, options: options, architecture)
    let runner = BlockRunner<Scalar>(
      architecture, normOffset: store.reader.normOffset, chunk: chunk, pool: pool)
    var caches: [AttentionShape: [PlanTableSet<Scalar>.Key: any LayerAttention<Scalar>]] = [:]
    let chunks = (tokens.count + chunk - 1) / chunk
    for layer in 0..<architecture.layers {
      let weights = try store.block(layer)
      let shape = attentionShape(layer, capacity: tokens.count)
      let key = tables.key(layer: layer, isSliding: architecture.slidingLayers[layer])
      let attention = caches[shape]?[key] ?? tables.attention(shape, key, options.kernel)
      caches[shape, default: [:]][key] = attention
      attention.reset()
      let isLast = layer == architecture.layers - 1
      for index in 0..<chunks {
        try options.control.checkCancellation()
        let part = index * chunk..<min((index + 1) * chunk, tokens.count)
        try runner.run(
          weights, attention, x: states.pointer + part.lowerBound * hidden, tokens: part,
          needed: isLast ? needed : part,
          observe: observe.map { observe in { observe(layer, part, $0, $1) } })
        options.control.progress(Double(layer * chunks + index + 1) / Double(architecture.layers * chunks))
      }
    }
    normStates(states.pointer + needed.lowerBound * hidden, rows: needed.count, runner)
    return states
  }

  func normStates(_ x: UnsafeMutablePointer<Scalar>, rows: Int, _ runner: BlockRunner<Scalar>) {
    let hidden = architecture.hiddenSize
    pool.run(over: 0..<rows, by: 256) { part, _ in
      let lines = x + part.lowerBound * hidden
      runner.norm(lines, by: finalNorm, rows: part.count, into: lines)
    }
  }

  /// Held against the machine's memory before anything is allocated.
  ///
  /// - Parameter numbers: kept of each token.
  func checkMemory(tokens: Int, numbers: Int) throws(InferenceError) {
    let bytes = Double(tokens) * Double(numbers) * Double(MemoryLayout<Scalar>.stride)
    let there = Double(ProcessInfo.processInfo.physicalMemory)
    guard bytes <= 0.75 * there else {
      throw .option(
        "\(tokens) tokens need \(Int((bytes / 1e9).rounded(.up))) GB, this machine has \(Int(there / 1e9)) GB; read fewer")
    }
  }

  func attentionShape(_ layer: Int, capacity: Int) -> AttentionShape {
    AttentionShape(
      heads: architecture.heads, keyValueHeads: architecture.keyValueHeads, headDimension: architecture.headDimension,
      capacity: capacity, scale: architecture.block.attentionScale,
      window: architecture.windows[layer])
  }

  func embed(_ tokens: [Int], into x: UnsafeMutablePointer<Scalar>) throws(InferenceError) {
    let hidden = architecture.hiddenSize, name = try store.reader.embeddingName()
    let scale = Scalar(architecture.embeddingScale)
    for (row, token) in tokens.enumerated() {
      guard (0..<architecture.vocabularySize).contains(token) else {
        throw .option("token \(token) at position \(row) is not one of the model's \(architecture.vocabularySize)")
      }
      try store.reader.rows(name, token..<token + 1, columns: hidden, into: x + row * hidden)
      if scale != 1 {
        for i in 0..<hidden { x[row * hidden + i] *= scale }
      }
    }
  }

  // MARK: Output head

  /// `[row][token of the vocabulary]`.
  func logits(_ states: UnsafePointer<Scalar>, rows: Int) throws(InferenceError) -> Buffer<Scalar> {
    let (hidden, vocabulary) = (architecture.hiddenSize, architecture.vocabularySize)
    let result = Buffer<Scalar>(rows * vocabulary)
    try store.forEachHeadPart { tokens, weights throws(InferenceError) in
      pool.run(over: tokens, by: 512) { part, _ in
        Scalar.multiplyByTransposed(
          states, stride: hidden, weights + (part.lowerBound - tokens.lowerBound) * hidden,
          into: result.pointer + part.lowerBound, stride: vocabulary, rows: rows, columns: part.count, inner: hidden)
      }
    }
    if let cap = architecture.finalSoftCap {
      Scalar.softCap(result.pointer, cap: Scalar(cap), count: rows * vocabulary)
    }
    return result
  }

  /// Losses by an online log-sum-exp over parts of the vocabulary: no row of logits is kept.
  private func losses(
    _ states: Buffer<Scalar>, tokens: [Int], _ control: RunControl
  ) throws(InferenceError) -> [Double] {
    let hidden = architecture.hiddenSize, count = tokens.count - 1, rowsPerPiece = 256
    let largest = Buffer<Scalar>(count), sums = Buffer<Scalar>(count), chosen = Buffer<Scalar>(count)
    largest.pointer.update(repeating: -.infinity, count: count)
    sums.pointer.update(repeating: 0, count: count)
    let scratch = (0..<pool.workers).map { _ in Buffer<Scalar>(rowsPerPiece * WeightStore<Scalar>.headRows) }
    try store.forEachHeadPart { part, weights throws(InferenceError) in
      try control.checkCancellation()
      pool.run(over: 0..<count, by: rowsPerPiece) { rows, worker in
        let logits = scratch[worker].pointer
        Scalar.multiplyByTransposed(
          states.pointer + rows.lowerBound * hidden, stride: hidden, weights, into: logits, stride: part.count,
          rows: rows.count, columns: part.count, inner: hidden)
        if let cap = architecture.finalSoftCap {
          Scalar.softCap(logits, cap: Scalar(cap), count: rows.count * part.count)
        }
        for (index, row) in rows.enumerated() {
          let line = logits + index * part.count, next = tokens[row + 1]
          if part.contains(next) { chosen.pointer[row] = line[next - part.lowerBound] }
          _ = Scalar.softmaxStep(
            line, count: part.count, largest: &largest.pointer[row], sum: &sums.pointer[row])
        }
      }
    }
    let losses = (0..<count).map { row in
      Double(largest.pointer[row] - chosen.pointer[row]) + .log(Double(sums.pointer[row]))
    }
    if let position = losses.firstIndex(where: { !$0.isFinite }) { throw Self.notFinite(position) }
    return losses
  }

  static func notFinite(_ position: Int) -> InferenceError {
    .unsupported(
      "the logits after token \(position) are not finite numbers: the weights hold such, or their type overflows")
  }

  // MARK: Growing texts

  public func session(
    plans: LayerPlans, capacity: Int, options: RunOptions
  ) throws(InferenceError) -> any DecodingSession {
    try TransformerSession(self, plans: plans, capacity: capacity, options: options)
  }
}
