import Foundation
import RopeConfig
import RopeMath
import RopeTensors

/// The forward pass of a decoder in one number type: what a `Decoder` describes, over the weights of a source.
///
/// Whole texts go layer by layer, so that one layer's keys and values are kept at a time and weights are expanded once;
/// a session goes token by token and keeps all of them. Float32 uses tiles and several threads; float64 the plain
/// kernel.
public final class Transformer<Scalar: ForwardScalar>: LanguageModel {
  public let decoder: Decoder
  let store: WeightStore<Scalar>
  let pool: WorkerPool
  private let finalNorm: BlockWeights<Scalar>.Norm
  private let headBias: [Scalar]?

  /// - Parameters:
  ///   - products: what products are rounded to; float64 has `.full` only.
  ///   - memoryLimit: bytes up to which weights are kept expanded.
  ///   - workers: threads; nil for one a processor.
  /// - Throws: `InferenceError` where tensors are missing or have other shapes than the architecture's.
  public convenience init(
    _ model: RunnableModel, products: ProductPrecision = .full, memoryLimit: Int = 2 << 30, workers: Int? = nil
  ) throws(InferenceError) {
    try self.init(
      model.decoder, weights: model.weights, resolved: model.resolved, products: products, memoryLimit: memoryLimit,
      workers: workers)
  }

  public init(
    _ decoder: Decoder, weights: any WeightSource, resolved: Reading, products: ProductPrecision = .full,
    memoryLimit: Int = 2 << 30, workers: Int? = nil
  ) throws(InferenceError) {
    try decoder.check()
    self.decoder = decoder
    pool = WorkerPool(workers: workers)
    let family = try DecoderFamily.of(resolved)
    let naming = resolved.isStored ? family.storedNaming : family.naming
    let reader = try WeightReader<Scalar>(weights, decoder, naming: naming, precision: products)
    try reader.checkShapes()
    guard let norm = try reader.finalNorm() else { throw .unsupported("the model has no norm before its output head") }
    finalNorm = norm
    headBias = decoder.hasHeadBias ? try reader.headBias() : nil
    store = WeightStore(reader, memoryLimit: memoryLimit)
  }

  func normStates(_ x: UnsafeMutablePointer<Scalar>, rows: Int, _ runner: BlockRunner<Scalar>) {
    let hidden = decoder.hiddenSize
    pool.run(over: 0..<rows, by: 256) { part, _ in
      let lines = x + part.lowerBound * hidden
      runner.norm(lines, by: finalNorm, rows: part.count, into: lines)
    }
  }

  /// Held against the machine's memory before anything is allocated.
  ///
  /// - Parameter numbers: kept of each token.
  func checkMemory(tokens: Int, numbers: Int) throws(InferenceError) {
    guard fits(tokens: tokens, numbers: numbers, share: 0.75) else {
      let needed = Self.bytes(tokens: tokens, numbers: numbers)
      throw .option(
        "\(tokens) tokens need \(Int((needed / 1e9).rounded(.up))) GB, this machine has \(Int(Self.memory / 1e9)) GB; read fewer"
      )
    }
  }

  /// Whether so many numbers of each token take at most a share of the machine's memory.
  func fits(tokens: Int, numbers: Int, share: Double) -> Bool {
    Self.bytes(tokens: tokens, numbers: numbers) <= share * Self.memory
  }

  private static func bytes(tokens: Int, numbers: Int) -> Double {
    Double(tokens) * Double(numbers) * Double(MemoryLayout<Scalar>.stride)
  }

  private static var memory: Double { Double(ProcessInfo.processInfo.physicalMemory) }

  func attentionShape(_ index: Int, capacity: Int) -> AttentionShape {
    let attention = decoder.layers[index].attention
    return AttentionShape(
      heads: attention.heads, keyValueHeads: attention.keyValueHeads, headDimension: attention.headDimension,
      capacity: capacity, scale: attention.scale, softCap: attention.softCap, window: attention.window,
      chunk: attention.chunk, products: store.reader.precision)
  }

  /// Learned numbers of a layer's attention.
  public func extras(_ index: Int) throws(InferenceError) -> AttentionExtras {
    var extras = AttentionExtras.none
    extras.sinks = try store.reader.sinks(index)
    extras.queryWeights = try store.reader.queryWeights(index)
    return extras
  }

  /// - Parameter first: position of the first of the tokens.
  func embed(_ tokens: [Int], from first: Int, into x: UnsafeMutablePointer<Scalar>) throws(InferenceError) {
    let hidden = decoder.hiddenSize, name = try store.reader.embeddingName()
    let scale = Scalar(decoder.embeddingScale)
    for (row, token) in tokens.enumerated() {
      guard (0..<decoder.vocabularySize).contains(token) else {
        throw .option("token \(token) at position \(first + row) is not one of the model's \(decoder.vocabularySize)")
      }
      let line = x + row * hidden
      try store.reader.rows(name, token..<token + 1, columns: hidden, into: line)
      if scale != 1 { for i in 0..<hidden { line[i] *= scale } }
    }
    guard let positions = decoder.learnedPositions else { return }
    guard first + tokens.count <= positions else {
      throw .option("the model has learned \(positions) positions; \(first + tokens.count) tokens are too many")
    }
    let learned = Buffer<Scalar>(tokens.count * hidden)
    try store.reader.rows(
      try store.reader.name(.positions), first..<first + tokens.count, columns: hidden, into: learned.pointer)
    Scalar.add(learned.pointer, to: x, count: tokens.count * hidden)
  }

  /// The rows of its own that each token has for each layer, `[token][layer][feature]`: `(norm(W·x / √hidden) + row·√width) / √2`.
  func tokenInputs(_ tokens: [Int], _ x: UnsafePointer<Scalar>) throws(InferenceError) -> Buffer<Scalar>? {
    guard let width = decoder.tokenInput, let weights = try store.reader.tokenInputs() else { return nil }
    let hidden = decoder.hiddenSize, columns = decoder.layers.count * width
    let result = Buffer<Scalar>(tokens.count * columns), row = Buffer<Scalar>(columns)
    let shrink = Scalar(1 / Double(hidden).squareRoot()), grow = Scalar(Double(width).squareRoot())
    weights.projection.multiply(x, stride: hidden, rows: tokens.count, into: result.pointer, stride: columns)
    for i in 0..<tokens.count * columns { result.pointer[i] *= shrink }
    Scalar.rootMeanSquareNorm(
      result.pointer, stride: width, weight: weights.norm.weight.pointer, offset: 0, epsilon: weights.norm.epsilon,
      rows: tokens.count * decoder.layers.count, columns: width, into: result.pointer, stride: width)
    for (index, token) in tokens.enumerated() {
      try store.reader.rows(weights.table, token..<token + 1, columns: columns, into: row.pointer)
      let line = result.pointer + index * columns
      for i in 0..<columns { line[i] = (line[i] + row.pointer[i] * grow) * Scalar(0.5).squareRoot() }
    }
    return result
  }

  // MARK: Output head

  /// `[row][token of the vocabulary]`.
  func logits(_ states: UnsafePointer<Scalar>, rows: Int) throws(InferenceError) -> Buffer<Scalar> {
    let (hidden, vocabulary) = (decoder.hiddenSize, decoder.vocabularySize)
    let result = Buffer<Scalar>(rows * vocabulary)
    try store.forEachHeadPart { tokens, weights throws(InferenceError) in
      pool.run(over: tokens, by: 512) { part, _ in
        weights.multiply(
          states, stride: hidden, rows: rows, into: result.pointer + part.lowerBound, stride: vocabulary,
          outputs: part.lowerBound - tokens.lowerBound..<part.upperBound - tokens.lowerBound)
      }
    }
    for row in 0..<rows { finishLogits(result.pointer + row * vocabulary, of: 0..<vocabulary) }
    return result
  }

  /// The bias, scale and cap of one token's logits for a part of the vocabulary.
  func finishLogits(_ logits: UnsafeMutablePointer<Scalar>, of part: Range<Int>) {
    if let headBias { for (i, token) in part.enumerated() { logits[i] += headBias[token] } }
    if decoder.headScale != 1 {
      let scale = Scalar(decoder.headScale)
      for i in 0..<part.count { logits[i] *= scale }
    }
    if let cap = decoder.finalSoftCap { Scalar.softCap(logits, cap: Scalar(cap), count: part.count) }
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
