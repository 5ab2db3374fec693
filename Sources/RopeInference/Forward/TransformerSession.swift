/// A growing text on a transformer: every layer's keys and values are kept.
final class TransformerSession<Scalar: ForwardScalar>: DecodingSession {
  private let model: Transformer<Scalar>
  private let attentions: [any LayerAttention<Scalar>]
  private let runner: BlockRunner<Scalar>
  private let factorsBeforeNorm: [Double]
  private let capacity: Int
  private let chunk: Int
  private let control: RunControl
  private(set) var count = 0

  init(_ model: Transformer<Scalar>, plans: LayerPlans, capacity: Int, options: RunOptions) throws(InferenceError) {
    self.model = model
    self.capacity = capacity
    control = options.control
    chunk = max(1, min(options.chunk, capacity))
    let layers = model.decoder.layers
    try model.checkMemory(tokens: capacity, numbers: model.decoder.cachedFeatures)
    let tables = try PlanTableSet<Scalar>(plans, tokens: capacity, options: options, model.decoder)
    factorsBeforeNorm = tables.factorsBeforeNorm
    runner = BlockRunner(model.store, chunk: chunk, pool: model.pool)
    var attentions: [any LayerAttention<Scalar>] = []
    for (index, layer) in layers.enumerated() {
      if let source = layer.attention.keysFrom {
        attentions.append(attentions[source])
        continue
      }
      let shape = model.attentionShape(index, capacity: capacity)
      attentions.append(tables.attention(shape, tables.plan(layer: index), options.kernel))
      attentions[index].reset(try model.extras(index))
    }
    self.attentions = attentions
  }

  func read(_ tokens: [Int]) throws(InferenceError) -> [Double] {
    guard !tokens.isEmpty, count + tokens.count <= capacity else {
      throw .option("\(tokens.count) more tokens do not fit a session of \(capacity) that holds \(count)")
    }
    let hidden = model.decoder.hiddenSize
    let states = Buffer<Scalar>(chunk * hidden)
    var rows = 0
    for start in stride(from: 0, to: tokens.count, by: chunk) {
      let part = start..<min(start + chunk, tokens.count)
      rows = part.count
      try model.embed(Array(tokens[part]), from: count, into: states.pointer)
      let inputs = try model.tokenInputs(Array(tokens[part]), states.pointer)
      let range = count..<count + rows
      for layer in model.decoder.layers.indices {
        try control.checkCancellation()
        try runner.run(
          .init(
            layer: layer, attention: attentions[layer], factorBeforeNorm: factorsBeforeNorm[layer], x: states.pointer,
            tokens: range, needed: range, tokenInputs: inputs.map { UnsafePointer($0.pointer) }))
      }
      count += rows
    }
    let last = states.pointer + (rows - 1) * hidden
    model.normStates(last, rows: 1, runner)
    let logits = try model.logits(last, rows: 1).array()
    guard let numbers = logits.withUnsafeBufferPointer(Scalar.finiteNumbers) else {
      throw Transformer<Scalar>.notFinite(count - 1)
    }
    return numbers
  }
}
