import RopeMath
import RopeTensors

/// Rotary attention as a plan defines it, in plain loops: the yardstick for other kernels.
///
/// For query p and key r ≤ p that the plan's visibility (and a sliding window) lets it see,
/// `logit = t · g(p) · ⟨a R(f(p)) q_p, a R(g(r)) k_r⟩ / √D` over the rotated features plus the plain product over the
/// others, with f and g of the band that holds (p, r); then soft-capping, the plan's change of logits with distance, its
/// normalisation over keys and the sink, and the weighted sum of values. One layer that the plan's method reaches whole is
/// computed; `RotaryPlan.onLayer` gives the plan of a layer that it leaves out. Memory: the rotated keys of one head and one row of weights; time O(heads · n² · D).
///
/// Shapes, row-major: q `[heads, n, D]`, k `[kv heads, n, D]`, v `[kv heads, n, E]`, all un-rotated; the result is
/// `[heads, n, E]`. Query heads share key heads in order (`h / (heads / kv heads)`). Where q has fewer tokens than k its
/// queries are those of the last tokens.
public enum ReferenceAttention {
  /// - Throws: `KernelError` where shapes do not fit each other or the plan, a number is not finite, or the result
  ///   leaves the type's range.
  public static func attend(
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>, plan: RotaryPlan, options: AttentionOptions = .init()
  ) throws(KernelError) -> Tensor<Double> {
    try output(q, k, v, plan, options)
  }

  /// The same in float32 arithmetic; angles are computed in float64 and rounded.
  public static func attend(
    q: Tensor<Float>, k: Tensor<Float>, v: Tensor<Float>, plan: RotaryPlan, options: AttentionOptions = .init()
  ) throws(KernelError) -> Tensor<Float> {
    try output(q, k, v, plan, options)
  }

  /// The weights themselves, `[heads, queries, keys]`, 0 where a key is not seen; rows sum to 1,
  /// or to less where a sink takes the rest.
  ///
  /// - Throws: as `attend` does.
  public static func weights(
    q: Tensor<Double>, k: Tensor<Double>, plan: RotaryPlan, options: AttentionOptions = .init()
  ) throws(KernelError) -> Tensor<Double> {
    let pass = try pass(q, k, k, plan, options)
    let (heads, queries, keys) = (q.shape[0], q.shape[1], k.shape[1])
    var weights = [Double](repeating: 0, count: heads * queries * keys)
    try pass.forEachRow { head, token, row throws(KernelError) in
      let start = (head * queries + token - (keys - queries)) * keys
      weights.replaceSubrange(start..<start + row.count, with: row)
    }
    return try tensor([heads, queries, keys], weights)
  }

  static func output<Scalar: KernelScalar>(
    _ q: Tensor<Scalar>, _ k: Tensor<Scalar>, _ v: Tensor<Scalar>, _ plan: RotaryPlan, _ options: AttentionOptions
  ) throws(KernelError) -> Tensor<Scalar> {
    try tensor(
      [q.shape.first ?? 0, q.shape.dropFirst().first ?? 0, v.shape.last ?? 0], pass(q, k, v, plan, options).output())
  }

  static func tensor<Scalar>(_ shape: [Int], _ values: [Scalar]) throws(KernelError) -> Tensor<Scalar> {
    do { return try Tensor(shape: shape, values: values) } catch { throw .tensor(error) }
  }

  private static func pass<Scalar: KernelScalar>(
    _ q: Tensor<Scalar>, _ k: Tensor<Scalar>, _ v: Tensor<Scalar>, _ plan: RotaryPlan, _ options: AttentionOptions
  ) throws(KernelError) -> AttentionPass<Scalar> {
    let check = AttentionCheck(queries: q, keys: k, values: v)
    try check.run(options)
    try check.fits(plan, options)
    return AttentionPass(
      queries: q, keys: k, values: v, plan: plan, keyPlan: { _ in plan }, options: options,
      tokens: k.shape[1] - q.shape[1]..<k.shape[1])
  }
}
