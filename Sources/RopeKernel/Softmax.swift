import RealModule

/// Normalisation of one query's logits into weights. A logit of −∞ is a key that is not seen.
enum Softmax {
  /// `w_r = exp(l_r − max) / Σ exp(l_s − max)` over the given keys; all other weights stay as they are. Where none of
  /// the keys is seen nothing is written. A sink's `exp(sink − max)` joins the sum, and the maximum is over it too.
  static func normalise<Scalar: KernelScalar>(
    _ logits: [Scalar], over keys: some Sequence<Int>, sink: Scalar? = nil, into weights: inout [Scalar]
  ) {
    let seen = keys.filter { logits[$0] > -.infinity }
    guard let highest = seen.lazy.map({ logits[$0] }).max() else { return }
    let largest = max(highest, sink ?? highest)
    var sum: Scalar = sink.map { .exp($0 - largest) } ?? 0
    for r in seen {
      weights[r] = .exp(logits[r] - largest)
      sum += weights[r]
    }
    for r in seen { weights[r] /= sum }
  }

  /// One softmax over all keys, and the sink where there is one.
  static func plain<Scalar: KernelScalar>(_ logits: [Scalar], sink: Scalar? = nil) -> [Scalar] {
    var weights = [Scalar](repeating: 0, count: logits.count)
    normalise(logits, over: logits.indices, sink: sink, into: &weights)
    return weights
  }

  /// Landmark attention's two levels, for the query at the last key's position `p` (arXiv 2305.16300, §3.1).
  ///
  /// One softmax over the ordinary keys of the query's own block and the landmarks of the earlier blocks; inside each
  /// earlier block a softmax over its ordinary keys, multiplied by the weight of its landmark. No landmark keeps weight.
  static func landmark<Scalar: KernelScalar>(_ logits: [Scalar], blockLength: Int) -> [Scalar] {
    let p = logits.count - 1, own = p / blockLength
    func ordinary(_ block: Int) -> Range<Int> {
      block * blockLength..<min(p + 1, (block + 1) * blockLength - 1)
    }
    func landmark(_ block: Int) -> Int { (block + 1) * blockLength - 1 }
    // The landmark of a block none of whose keys is seen has nothing to pass its weight to.
    let blocks = (0..<own).filter { block in ordinary(block).contains { logits[$0] > -.infinity } }

    var weights = [Scalar](repeating: 0, count: logits.count)
    normalise(logits, over: blocks.map(landmark) + Array(ordinary(own)), into: &weights)
    for block in blocks {
      let gate = weights[landmark(block)]
      weights[landmark(block)] = 0
      guard gate > 0 else { continue }
      normalise(logits, over: ordinary(block), into: &weights)
      for r in ordinary(block) { weights[r] *= gate }
    }
    return weights
  }
}
