import RopeTensors

/// Expands tensors to the type of the forward pass, holding each shape against the architecture first.
struct WeightReader<Scalar: ForwardScalar>: Sendable {
  let weights: any WeightSource
  let naming: WeightNaming
  let architecture: Architecture

  init(_ weights: any WeightSource, _ architecture: Architecture) throws(InferenceError) {
    self.weights = weights
    self.architecture = architecture
    naming = try .of(weights)
  }

  /// Holds the shapes of all tensors against the architecture, so that nothing is allocated on a configuration's word.
  ///
  /// - Throws: `InferenceError.shape`, or `.weights` for a tensor that is missing.
  func checkShapes() throws(InferenceError) {
    for name in [try embeddingName(), try outputHeadName()] {
      try check(name, shape: [architecture.vocabularySize, architecture.hiddenSize])
    }
    let hidden = architecture.hiddenSize, block = architecture.block
    try checkNorm(.finalNorm, 0, hidden)
    for layer in 0..<architecture.layers {
      for (role, size) in norms { try checkNorm(role, layer, size) }
      try checkShapes(projectionParts, layer, columns: hidden, suffix: ".weight")
      try checkShapes([(.attentionOutput, hidden)], layer, columns: architecture.queryFeatures, suffix: ".weight")
      try checkShapes(risingParts, layer, columns: hidden, suffix: ".weight")
      try checkShapes([(.down, hidden)], layer, columns: architecture.intermediateSize, suffix: ".weight")
      if block.hasProjectionBias { try checkShapes(projectionParts, layer, columns: nil, suffix: ".bias") }
      if block.hasOutputBias { try checkShapes([(.attentionOutput, hidden)], layer, columns: nil, suffix: ".bias") }
      guard block.hasFeedForwardBias else { continue }
      try checkShapes(risingParts + [(.down, hidden)], layer, columns: nil, suffix: ".bias")
    }
  }

  private func checkNorm(_ role: WeightRole, _ layer: Int, _ size: Int) throws(InferenceError) {
    let name = try name(role, layer)
    try check(name + ".weight", shape: [size])
    if architecture.block.norm.kind == .layer { try check(name + ".bias", shape: [size]) }
  }

  /// The norms of a block and their sizes.
  private var norms: [(WeightRole, Int)] {
    let block = architecture.block, hidden = architecture.hiddenSize, head = architecture.headDimension
    let inputs: [(WeightRole, Int)] = [(.attentionNorm, hidden), (feedForwardNorm, hidden)]
    let outputs: [(WeightRole, Int)] = [(.attentionOutputNorm, hidden), (.feedForwardOutputNorm, hidden)]
    let heads: [(WeightRole, Int)] = [(.queryNorm, head), (.keyNorm, head)]
    return inputs + (block.normsOutputs ? outputs : []) + (block.normsQueriesAndKeys ? heads : [])
  }

  private var feedForwardNorm: WeightRole {
    architecture.block.normsOutputs ? .feedForwardNormBetween : .feedForwardNorm
  }

  private func checkShapes(
    _ parts: [(WeightRole, Int)], _ layer: Int, columns: Int?, suffix: String
  ) throws(InferenceError) {
    for (role, count) in parts {
      try check(try name(role, layer) + suffix, shape: columns.map { [count, $0] } ?? [count])
    }
  }

  private var projectionParts: [(WeightRole, Int)] {
    let queries = architecture.queryFeatures, keys = architecture.keyFeatures
    return architecture.block.projections == .separate
      ? [(.query, queries), (.key, keys), (.value, keys)] : [(.queryKeyValue, queries + 2 * keys)]
  }

  private var risingParts: [(WeightRole, Int)] {
    let inner = architecture.intermediateSize
    return switch architecture.block.feedForward {
    case .gated: [(.gate, inner), (.up, inner)]
    case .gatedStacked: [(.gateUp, 2 * inner)]
    case .plain: [(.up, inner)]
    }
  }

  private func matrix(
    _ parts: [(WeightRole, Int)], _ layer: Int, columns: Int?, suffix: String
  ) throws(InferenceError) -> Buffer<Scalar> {
    try checkShapes(parts, layer, columns: columns, suffix: suffix)
    let result = Buffer<Scalar>(parts.reduce(0) { $0 + $1.1 } * (columns ?? 1))
    var row = 0
    for (role, count) in parts {
      try read(
        try name(role, layer) + suffix, shape: columns.map { [count, $0] } ?? [count],
        into: result.pointer + row * (columns ?? 1))
      row += count
    }
    let isByHead = architecture.block.projections == .byHead && naming.keepsHeadLayout
    return parts.first?.0 == .queryKeyValue && isByHead ? stacked(result, width: columns ?? 1) : result
  }

  func block(_ layer: Int) throws(InferenceError) -> BlockWeights<Scalar> {
    let block = architecture.block, hidden = architecture.hiddenSize, inner = architecture.intermediateSize
    let bias = block.hasFeedForwardBias
    return BlockWeights(
      attentionNorm: try norm(.attentionNorm, layer, hidden),
      attentionOutputNorm: block.normsOutputs ? try norm(.attentionOutputNorm, layer, hidden) : nil,
      feedForwardNorm: try norm(feedForwardNorm, layer, hidden),
      feedForwardOutputNorm: block.normsOutputs ? try norm(.feedForwardOutputNorm, layer, hidden) : nil,
      queryNorm: block.normsQueriesAndKeys ? try norm(.queryNorm, layer, architecture.headDimension) : nil,
      keyNorm: block.normsQueriesAndKeys ? try norm(.keyNorm, layer, architecture.headDimension) : nil,
      projections: try matrix(projectionParts, layer, columns: hidden, suffix: ".weight"),
      projectionBias: block.hasProjectionBias
        ? try matrix(projectionParts, layer, columns: nil, suffix: ".bias") : nil,
      output: try matrix([(.attentionOutput, hidden)], layer, columns: architecture.queryFeatures, suffix: ".weight"),
      outputBias: block.hasOutputBias
        ? try matrix([(.attentionOutput, hidden)], layer, columns: nil, suffix: ".bias") : nil,
      rising: try matrix(risingParts, layer, columns: hidden, suffix: ".weight"),
      risingBias: bias ? try matrix(risingParts, layer, columns: nil, suffix: ".bias") : nil,
      falling: try matrix([(.down, hidden)], layer, columns: inner, suffix: ".weight"),
      fallingBias: bias ? try matrix([(.down, hidden)], layer, columns: nil, suffix: ".bias") : nil)
  }

  func norm(_ role: WeightRole, _ layer: Int, _ size: Int) throws(InferenceError) -> BlockWeights<Scalar>.Norm {
    let name = try name(role, layer)
    try check(name + ".weight", shape: [size])
    let weight = Buffer<Scalar>(size)
    try read(name + ".weight", shape: [size], into: weight.pointer)
    guard architecture.block.norm.kind == .layer else { return .init(weight: weight, bias: nil) }
    let bias = Buffer<Scalar>(size)
    try read(name + ".bias", shape: [size], into: bias.pointer)
    return .init(weight: weight, bias: bias)
  }

  /// What is added to stored norm weights in this file.
  var normOffset: Double { naming.keepsNormOffset ? architecture.block.norm.offset : 0 }

  /// The tensor of the output head: the embedding where it is tied, or where the file holds no other and need not.
  func outputHeadName() throws(InferenceError) -> String {
    if architecture.needsOutputHead { return try name(.outputHead, 0) + ".weight" }
    if !architecture.tiesEmbeddings, let head = naming.tensor(.outputHead, in: weights) { return head + ".weight" }
    return try embeddingName()
  }

  func embeddingName() throws(InferenceError) -> String { try name(.embedding, 0) + ".weight" }

  /// Rows of a matrix whose shape was checked.
  func rows(
    _ name: String, _ rows: Range<Int>, columns: Int, into result: UnsafeMutablePointer<Scalar>
  ) throws(InferenceError) {
    let count = rows.count * columns
    do throws(TensorError) {
      if let floats = result as? UnsafeMutablePointer<Float> {
        try weights.readFloat32(name, rows: rows, into: UnsafeMutableBufferPointer(start: floats, count: count))
        return
      }
      let floats = Buffer<Float>(count)
      try weights.readFloat32(name, rows: rows, into: UnsafeMutableBufferPointer(start: floats.pointer, count: count))
      Scalar.widened(UnsafeBufferPointer(start: floats.pointer, count: count), into: result)
    } catch {
      throw .weights(error)
    }
  }

  private func name(_ role: WeightRole, _ layer: Int) throws(InferenceError) -> String {
    if let name = naming.tensor(role, layer: layer, in: weights) { return name }
    let wanted = (naming.table[role]?.first ?? role.rawValue).replacing("#", with: String(layer)) + ".weight"
    throw .weights(.missing(name: wanted, known: weights.tensorNames))
  }

  private func check(_ name: String, shape expected: [Int]) throws(InferenceError) {
    let found: [Int]
    do { found = try weights.shape(of: name) } catch { throw .weights(error) }
    guard found == expected else { throw .shape(tensor: name, found: found, expected: expected) }
  }

  private func read(
    _ name: String, shape expected: [Int], into result: UnsafeMutablePointer<Scalar>
  ) throws(InferenceError) {
    try check(name, shape: expected)
    let columns = expected.last ?? 1
    try rows(name, 0..<expected.dropLast().reduce(1, *), columns: columns, into: result)
  }

  /// Rows that lie head by head as query, key, value, put in the order of all queries, all keys, all values.
  private func stacked(_ matrix: Buffer<Scalar>, width: Int) -> Buffer<Scalar> {
    let result = Buffer<Scalar>(matrix.count), size = architecture.headDimension * width
    for head in 0..<architecture.heads {
      for part in 0..<3 {
        (result.pointer + (part * architecture.heads + head) * size)
          .update(from: matrix.pointer + (head * 3 + part) * size, count: size)
      }
    }
    return result
  }
}
