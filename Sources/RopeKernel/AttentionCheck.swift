import RopeMath
import RopeTensors

/// Holds inputs against each other, the plan and the options before anything is computed.
struct AttentionCheck<Scalar: KernelScalar> {
  let queries: Tensor<Scalar>
  let keys: Tensor<Scalar>
  let values: Tensor<Scalar>

  /// - Throws: `KernelError` for the first thing that does not fit.
  func run(_ options: AttentionOptions) throws(KernelError) {
    for (name, tensor) in [("q", queries), ("k", keys), ("v", values)] {
      guard tensor.rank == 3, tensor.shape.allSatisfy({ $0 > 0 }) else {
        throw .rank(tensor: name, shape: tensor.shape)
      }
    }
    let (q, k, v) = (queries.shape, keys.shape, values.shape)
    guard k[0] == v[0] else { throw .mismatch("k has \(k[0]) heads and v has \(v[0]); they must have the same number") }
    guard q[0].isMultiple(of: k[0]) else {
      throw .mismatch(
        "q has \(q[0]) heads, which k's \(k[0]) do not divide; each key head serves the same number of query heads")
    }
    guard k[1] == v[1] else {
      throw .mismatch("k has \(k[1]) tokens and v has \(v[1]); they must have the same number")
    }
    guard q[1] <= k[1] else { throw .mismatch("q has \(q[1]) tokens, more than the \(k[1]) of k") }
    guard q[2] == k[2] else {
      throw .mismatch("heads of q have \(q[2]) features and those of k \(k[2]); they must have the same number")
    }
    for (name, tensor) in [("q", queries), ("k", keys), ("v", values)] {
      guard let place = tensor.values.firstIndex(where: { !$0.isFinite }) else { continue }
      let (tokens, features) = (tensor.shape[1], tensor.shape[2])
      throw .notFinite(tensor: name, index: [place / (tokens * features), place / features % tokens, place % features])
    }
    try check(options)
  }

  /// - Throws: `KernelError.plan` or `.mismatch` where the plan is not one for these heads.
  func fits(_ plan: RotaryPlan, _ options: AttentionOptions) throws(KernelError) {
    guard plan.geometry.headDimension == queries.shape[2] else {
      throw .mismatch(
        "heads of q and k have \(queries.shape[2]) features, the plan is for \(plan.geometry.headDimension)")
    }
    let pairs = plan.geometry.pairCount
    guard plan.inverseFrequencies.count == pairs else {
      throw .plan("the plan has \(plan.inverseFrequencies.count) frequencies for \(pairs) pairs")
    }
    guard plan.decayRates?.count ?? pairs == pairs, plan.pairStreams?.count ?? pairs == pairs else {
      throw .plan("the plan's decay or streams are not those of \(pairs) pairs")
    }
    guard !plan.bands.isEmpty else { throw .plan("the plan has no position bands") }
    guard plan.fits(heads: queries.shape[0]) else {
      throw .plan("the plan has numbers for each of another count of heads than the \(queries.shape[0]) of q")
    }
    if options.streams != nil, plan.pairStreams != nil, !plan.keepsTrueDistances {
      throw .plan("positions in several streams cannot be re-mapped by a method that changes distances")
    }
    guard case .landmark(let blockLength, let retrieved) = plan.normalisation else { return }
    guard plan.logitByDistance == nil, plan.sink == nil else {
      throw .plan("a gated softmax over blocks takes neither a sink nor a change of logits with distance")
    }
    guard blockLength >= 2 else { throw .plan("a landmark block of \(blockLength) tokens has no ordinary token") }
    if retrieved != nil, !plan.keepsTrueDistances || options.streams != nil {
      throw .plan("retrieved landmark blocks take places of their own and cannot be joined to another position map")
    }
  }

  private func check(_ options: AttentionOptions) throws(KernelError) {
    if let scale = options.scale, !scale.isFinite { throw .option("a logit scale of \(scale) is not a finite number") }
    if let cap = options.softCap, !(cap > 0 && cap.isFinite) {
      throw .option("a soft cap of \(cap) is not possible; it must be a finite number above 0")
    }
    if let window = options.slidingWindow, window < 1 {
      throw .option("a sliding window of \(window) tokens is not possible; it must be at least 1")
    }
    if let chunk = options.chunk, chunk < 1 {
      throw .option("runs of \(chunk) tokens are not possible; they must be of at least 1")
    }
    if let weights = options.rotatedQueryWeights, weights.count != queries.shape[2] {
      throw .option("there are \(weights.count) weights for the \(queries.shape[2]) features of a rotated query")
    }
    guard let streams = options.streams else { return }
    for positions in [streams.temporal, streams.height, streams.width] where positions.count != keys.shape[1] {
      throw .option("a position stream has \(positions.count) entries for \(keys.shape[1]) tokens")
    }
  }
}
