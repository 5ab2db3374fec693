/// A growing text on a transformer: every layer's keys and values are kept.
final class TransformerSession<Scalar: ForwardScalar>: DecodingSession {
  private let model: Transformer<Scalar>
  private let attentions: [any LayerAttention<Scalar>]
  private let runner: BlockRunner<Scalar>
  private let capacity: Int
  private let chunk: Int
  private let control: RunControl
  private(set) var count = 0

  init(
    _ model: Transformer<Scalar>, plans: LayerPlans, capacity: Int, options: RunOptions
  ) throws(InferenceError) {
    self.model = model
    self.capacity = capacity
    control = options.control
    chunk = max(1, min(options.chunk, capacity))
    try model.checkMemory(tokens: capacity, numbers: 2 * model.architecture.layers * model.architecture.keyFeatures)
    let tables = try PlanTableSet<Scalar>(plans, tokens: capacity, options: options, model.architecture)
    runner = BlockRunner(
      model.architecture, normOffset: model.store.reader.normOffset, chunk: chunk, pool: model.pool)
    attentions = (0..<model.architecture.layers).map { layer in
      tables.attention(
        model.attentionShape(layer, capacity: capacity),
        tables.key(layer: layer, isSliding: model.architecture.slidingLayers[layer]), options.kernel)
    }
  }

  func read(_ tokens: [Int]) throws(InferenceError) -> [Double] {
    guard !tokens.isEmpty, count + tokens.count <= capacity else {
      throw .option("\(tokens.count) more tokens do not fit a session of \(capacity) that holds \(count)")
    }
    let hidden = model.architecture.hiddenSize
    let states = Buffer<Scalar>(chunk * hidden)
    var rows = 0
    for start in stride(from: 0, to: tokens.count, by: chunk) {
      let part = start..<min(start + chunk, tokens.count)
      rows = part.count
      try model.embed(Array(tokens[part]), into: states.pointer)
      let range = count..<count + rows
      for layer in 0..<model.architecture.layers {
        try control.checkCancellation()
        try runner.run(
          try model.store.block(layer), attentions[layer], x: states.pointer, tokens: range, needed: range)
      }
      count += rows
    }
    let last = states.pointer + (rows - 1) * hidden
    model.normStates(last, rows: 1, runner)
    let logits = try model.logits(last, rows: 1).array()
    guard logits.allSatisfy(\.isFinite) else { throw Transformer<Scalar>.notFinite(count - 1) }
    return logits.map { Double($0) }
  }
}
