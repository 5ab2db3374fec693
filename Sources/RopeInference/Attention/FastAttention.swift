import RopeKernel
import RopeMath
import RopeTensors

/// Rotary attention in tiles, in float32: what the plain kernel computes, to rounding.
///
/// Shapes as in `ReferenceAttention`: q `[heads, n, D]`, k and v `[kv heads, n, D]`, un-rotated → `[heads, n, D]`.
/// Where q has fewer tokens than k its queries are those of the last tokens.
public enum FastAttention {
  /// - Parameters:
  ///   - readingPlans: for a stale cache, the plans whose frequencies and factor each token was rotated under.
  ///   - products: what products are rounded to; of the softmax and the sums nothing is.
  ///   - workers: threads; nil for one a processor. Results do not depend on it.
  /// - Throws: `InferenceError.kernel` where shapes do not fit each other or the plan, or the result is not finite;
  ///   `.option` for plans that tiles do not do and for a window of no token.
  public static func attend(
    q: Tensor<Float>, k: Tensor<Float>, v: Tensor<Float>, plan: RotaryPlan, options: AttentionOptions = .init(),
    readingPlans: [RotaryPlan]? = nil, products: ProductPrecision = .full, workers: Int? = nil
  ) throws(InferenceError) -> Tensor<Float> {
    var shape = try shape(q, k, v, plan, options)
    shape.products = products
    if let window = shape.window, window < 1 {
      throw .option("a sliding window of \(window) tokens is not possible; it must be at least 1")
    }
    guard TiledAttention.canAttend(plan) else {
      throw .option(
        "tiles do not retrieve landmark blocks, give them a sink or a bias, nor hold blocks beyond \(TiledAttention.largestBlock) tokens"
      )
    }
    guard options.streams == nil || plan.pairStreams == nil else {
      throw .option("tiles rotate by one position a token, not by several streams")
    }
    guard readingPlans?.count ?? shape.capacity == shape.capacity else {
      throw .option("there are \(readingPlans?.count ?? 0) reading plans for \(shape.capacity) tokens")
    }
    let pool = WorkerPool(workers: workers)
    let tables = PlanTables<Float>(
      plan, tokens: shape.capacity, frequenciesAt: readingPlans.map { plans in { plans[$0] } })
    let attention = TiledAttention(shape, tables: tables)
    let all = 0..<shape.capacity, asked = shape.capacity - q.shape[1]..<shape.capacity
    let keys = byToken(k), values = byToken(v), queries = byToken(q)
    attention.append(keys: keys.pointer, values: values.pointer, stride: shape.keyFeatures, tokens: all, pool: pool)
    let output = Buffer<Float>(asked.count * shape.queryFeatures)
    try attention.attend(
      queries: queries.pointer, stride: shape.queryFeatures, tokens: asked, into: output.pointer, pool: pool)
    let result = byHead(output, heads: shape.heads, tokens: asked.count, features: shape.headDimension)
    if let place = result.firstIndex(where: { !$0.isFinite }) {
      let size = shape.headDimension
      throw .kernel(.overflow(head: place / (asked.count * size), token: asked.lowerBound + place / size % asked.count))
    }
    do { return try Tensor(shape: q.shape, values: result) } catch { throw .weights(error) }
  }

  private static func shape(
    _ q: Tensor<Float>, _ k: Tensor<Float>, _ v: Tensor<Float>, _ plan: RotaryPlan, _ options: AttentionOptions
  ) throws(InferenceError) -> AttentionShape {
    for (name, tensor) in [("q", q), ("k", k), ("v", v)] where tensor.rank != 3 || tensor.shape.contains(0) {
      throw .kernel(.rank(tensor: name, shape: tensor.shape))
    }
    guard k.shape == v.shape, q.shape[2] == k.shape[2], q.shape[1] <= k.shape[1], q.shape[0].isMultiple(of: k.shape[0])
    else { throw .kernel(.mismatch("q \(q.shape), k \(k.shape) and v \(v.shape) do not fit each other")) }
    guard plan.fits(heads: q.shape[0]) else {
      throw .kernel(.plan("the plan has numbers for each of another count of heads than the \(q.shape[0]) of q"))
    }
    guard plan.geometry.headDimension == q.shape[2], plan.inverseFrequencies.count == plan.geometry.pairCount,
      !plan.bands.isEmpty
    else { throw .kernel(.plan("the plan is not one for heads of \(q.shape[2]) features")) }
    return AttentionShape(
      heads: q.shape[0], keyValueHeads: k.shape[0], headDimension: q.shape[2], capacity: k.shape[1],
      scale: options.scale, softCap: options.softCap, window: options.slidingWindow)
  }

  /// `[head][token][feature]` as `[token][head][feature]`.
  private static func byToken(_ tensor: Tensor<Float>) -> Buffer<Float> {
    let (heads, tokens, size) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
    let result = Buffer<Float>(tensor.values.count)
    for (i, value) in tensor.values.enumerated() {
      let (head, token, feature) = (i / (tokens * size), i / size % tokens, i % size)
      result.pointer[(token * heads + head) * size + feature] = value
    }
    return result
  }

  private static func byHead(_ rows: Buffer<Float>, heads: Int, tokens: Int, features: Int) -> [Float] {
    (0..<heads * tokens * features).map { i in
      let (head, token, feature) = (i / (tokens * features), i / features % tokens, i % features)
      return rows.pointer[(token * heads + head) * features + feature]
    }
  }
}
