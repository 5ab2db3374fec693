import RopeMath
import RopeTensors

extension ReferenceAttention {
  /// The same attention as a server computes it: the first `prefill` tokens in one pass, the others one by one, each
  /// under the plan of the length reached.
  ///
  /// With a stale cache, keys of the prefill keep the frequencies and factor of its length, later ones those of the
  /// length at which they were read; positions follow the plan of the step. Methods that cache keys un-rotated never
  /// have stale ones.
  ///
  /// - Parameters:
  ///   - prefill: 1 … n.
  ///   - planAt: the plan at a length.
  /// - Throws: `KernelError` as `attend` does, and `.method` where there is no plan at a length.
  public static func decode(
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>, prefill: Int, cache: KeyCache,
    options: AttentionOptions = .init(), planAt: (_ length: Int) throws(MethodError) -> RotaryPlan
  ) throws(KernelError) -> Tensor<Double> {
    let check = AttentionCheck(queries: q, keys: k, values: v)
    try check.run(options)
    let (heads, tokens, width) = (q.shape[0], k.shape[1], v.shape[2])
    guard q.shape[1] == tokens else { throw .mismatch("q has \(q.shape[1]) tokens, decoding needs the \(tokens) of k") }
    guard (1...tokens).contains(prefill) else {
      throw .option("a prefill of \(prefill) tokens is not possible; it must lie in 1 … \(tokens)")
    }

    var output = [Double](repeating: 0, count: heads * tokens * width)
    var cachedUnder: [RotaryPlan] = []  // the plan at which each key was read
    for length in prefill...tokens {
      let plan: RotaryPlan
      do { plan = try planAt(length) } catch { throw .method(error) }
      try check.fits(plan, options)
      let step = cachedUnder.count..<length
      cachedUnder += Array(repeating: plan, count: step.count)
      let keepsRotation = cache == .stale && plan.cachedKeys != .unrotated
      let rows = try AttentionPass(
        queries: q, keys: k, values: v, plan: plan,
        keyPlan: { [cachedUnder] in keepsRotation ? cachedUnder[$0] : plan }, options: options, tokens: step
      ).output()
      for head in 0..<heads {
        let from = head * step.count * width, to = (head * tokens + step.lowerBound) * width
        output.replaceSubrange(to..<to + step.count * width, with: rows[from..<from + step.count * width])
      }
    }
    return try tensor([heads, tokens, width], output)
  }
}
