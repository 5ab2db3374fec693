/// What follows attention in a layer: a feed-forward part, or the router and experts of a mixture.
extension WeightReader {
  func feedForward(_ feed: FeedForwardDescription, _ index: Int) throws(InferenceError) -> Block.FeedForward? {
    guard feed.size > 0 else { return nil }
    let isShared = feed.mixture != nil
    let parts: [(role: WeightRole, rows: Int)] =
      switch feed.layout {
      case .gated: [(isShared ? .sharedGate : .gate, feed.size), (isShared ? .sharedUp : .up, feed.size)]
      case .gatedStacked: [(.gateUp, 2 * feed.size)]
      case .plain: [(.up, feed.size)]
      }
    return .init(
      rising: try stacked(parts, index, columns: decoder.hiddenSize, hasBias: feed.hasBias),
      falling: try stacked(
        [(isShared ? .sharedDown : .down, decoder.hiddenSize)], index, columns: feed.size, hasBias: feed.hasBias))
  }

  func router(_ mixture: MixtureDescription, _ index: Int) throws(InferenceError) -> Block.Router {
    var correction: [Scalar]?
    if mixture.hasCorrection { correction = try numbers(.routerCorrection, index, mixture.experts) }
    if mixture.isBeside { return try scaledRouter(mixture, index) }
    return .init(
      matrix: try stacked(
        [(.router, mixture.experts)], index, columns: decoder.hiddenSize, hasBias: mixture.hasRouterBias),
      correction: correction,
      shared: mixture.hasSharedGate ? try matrix(.sharedRouter, index, 1, decoder.hiddenSize) : nil)
  }

  /// A router whose features are multiplied by numbers of their own and by `1/√hidden`.
  private func scaledRouter(_ mixture: MixtureDescription, _ index: Int) throws(InferenceError) -> Block.Router {
    let hidden = decoder.hiddenSize, rows = try matrix(.router, index, mixture.experts, hidden)
    let scale = try tensor(try name(.routerScale, index, ending: naming.isStored ? ".scale" : ""), shape: [hidden])
    let shrink = Scalar(1 / Double(hidden).squareRoot())
    for i in 0..<rows.count { rows.pointer[i] *= scale.pointer[i % hidden] * shrink }
    return .init(
      matrix: .init(weight: product(rows, columns: hidden), bias: nil), correction: nil, shared: nil,
      expertScale: try numbers(.expertScale, index, mixture.experts, ending: naming.isStored ? ".scale" : ""))
  }

  /// The norms around experts that stand beside the dense part.
  func beside(_ layer: LayerDescription, _ index: Int) throws(InferenceError) -> Block.Beside? {
    guard layer.feedForward.mixture?.isBeside == true else { return nil }
    let hidden = decoder.hiddenSize, norm = decoder.finalNorm
    var unweighted = norm
    unweighted.hasWeight = false
    guard let routerNorm = try self.norm(.router, index, hidden, by: unweighted),
      let denseOutputNorm = try self.norm(.denseOutputNorm, index, hidden, by: norm),
      let expertNorm = try self.norm(.expertNorm, index, hidden, by: norm),
      let expertOutputNorm = try self.norm(.expertOutputNorm, index, hidden, by: norm)
    else { return nil }
    return .init(
      routerNorm: routerNorm, denseOutputNorm: denseOutputNorm, expertNorm: expertNorm,
      expertOutputNorm: expertOutputNorm)
  }

  /// One expert: a tensor of its own, or a part of one that holds them all.
  func expert(_ index: Int, _ expert: Int) throws(InferenceError) -> Block.FeedForward {
    guard let mixture = decoder.layers[index].feedForward.mixture else {
      throw .unsupported("layer \(index) is no mixture of experts")
    }
    let hidden = decoder.hiddenSize, size = mixture.size, experts = mixture.experts
    /// Gate and up below each other, from two tensors or from one.
    func rising(
      _ width: Int, _ read: (WeightRole, Int) throws(InferenceError) -> Buffer<Scalar>
    ) throws(InferenceError) -> Buffer<Scalar> {
      guard place(.expertUp, index, expert: expert) != nil else {
        return ordered(try read(.expertGateUp, 2 * size), width: width)
      }
      let result = Buffer<Scalar>(mode == .read ? 2 * size * width : 0)
      for (half, role) in [WeightRole.expertGate, .expertUp].enumerated() {
        let own = try read(role, size)
        (result.pointer + half * own.count).update(from: own.pointer, count: own.count)
      }
      return result
    }
    let up = try rising(hidden) { (role, rows) throws(InferenceError) in
      try part(role, index, expert, of: experts, rows, hidden)
    }
    let down = try part(.expertDown, index, expert, of: experts, hidden, size)
    var biases: (up: Buffer<Scalar>, down: Buffer<Scalar>)?
    if mixture.hasBias {
      biases = (
        try rising(1) { (role, rows) throws(InferenceError) in
          try bias(role, index, expert, of: experts, rows)
        }, try bias(.expertDown, index, expert, of: experts, hidden)
      )
    }
    return .init(
      rising: .init(weight: product(up, columns: hidden), bias: biases?.up),
      falling: .init(weight: product(down, columns: size), bias: biases?.down))
  }

  private func part(
    _ role: WeightRole, _ index: Int, _ expert: Int, of experts: Int, _ outputs: Int, _ inputs: Int
  ) throws(InferenceError) -> Buffer<Scalar> {
    if let packed = place(role, index, ending: "_blocks") {
      // MXFP4 packs the rows of the matrix itself, whichever way the class holds it.
      try check(packed, shape: [experts, outputs, inputs])
      guard mode == .read else { return Buffer(0) }
      let result = Buffer<Scalar>(outputs * inputs)
      try self.rows(packed, expert * outputs..<(expert + 1) * outputs, columns: inputs, into: result.pointer)
      return result
    }
    let isTransposed = naming.transposed.contains(role)
    let (rows, columns) = isTransposed ? (inputs, outputs) : (outputs, inputs)
    guard let name = fusedPlace(role, index, expert) else {
      return try tensor(try self.name(role, index, expert: expert), shape: [rows, columns])
    }
    try check(name, shape: [experts, rows, columns])
    guard mode == .read else { return Buffer(0) }
    let result = Buffer<Scalar>(rows * columns)
    try self.rows(name, expert * rows..<(expert + 1) * rows, columns: columns, into: result.pointer)
    return isTransposed ? transposed(result, rows: rows, columns: columns) : result
  }

  private func bias(
    _ role: WeightRole, _ index: Int, _ expert: Int, of experts: Int, _ count: Int
  ) throws(InferenceError) -> Buffer<Scalar> {
    let name = try name(role, index, ending: ".bias")
    try check(name, shape: [experts, count])
    guard mode == .read else { return Buffer(0) }
    let result = Buffer<Scalar>(count)
    try rows(name, expert..<expert + 1, columns: count, into: result.pointer)
    return result
  }

  /// A tensor of all experts; nil where each has one of its own.
  private func fusedPlace(_ role: WeightRole, _ index: Int, _ expert: Int) -> String? {
    guard let name = naming.names[role], !name.contains("@") || place(role, index, expert: expert) == nil else {
      return nil
    }
    var fused = naming
    fused.names[role] = name.replacing("@.", with: "")
    fused.others[role] = nil
    for name in fused.candidates(role, layer: index, expert: nil) {
      for full in [name, name + ".weight"] where weights.contains(full) { return full }
    }
    return nil
  }

  /// Gate and up in turns, put one after the other.
  private func ordered(_ matrix: Buffer<Scalar>, width: Int) -> Buffer<Scalar> {
    guard naming.alternatesGateAndUp, mode == .read else { return matrix }
    let result = Buffer<Scalar>(matrix.count), rows = matrix.count / width
    for row in 0..<rows {
      let target = row / 2 + (row.isMultiple(of: 2) ? 0 : rows / 2)
      (result.pointer + target * width).update(from: matrix.pointer + row * width, count: width)
    }
    return result
  }
}
