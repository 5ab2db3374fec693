import RopeKernel
import RopeMath
import RopeTensors

/// What decoding with a cache does to a method's attention: the largest difference of any feature, token by token.
struct StaleCacheDifference {
  /// |decoding with stale keys − decoding with fresh keys|, one number a token, 0 in the prefill.
  let stale: [Double]
  /// |decoding with fresh keys − one pass over the whole text|: not an error but the method's own dependence on length.
  let length: [Double]

  /// The first token whose output is changed by stale keys; nil for none.
  var firstStaleToken: Int? { stale.firstIndex { $0 > 1e-12 } }

  /// - Throws: `KernelError` as `ReferenceAttention.decode` does.
  init(
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>, prefill: Int, method: BoundMethod
  ) throws(KernelError) {
    func decoded(_ cache: KeyCache) throws(KernelError) -> Tensor<Double> {
      try ReferenceAttention.decode(q: q, k: k, v: v, prefill: prefill, cache: cache) {
        length throws(MethodError) in try method.plan(length: length)
      }
    }
    let fresh = try decoded(.fresh), stale = try decoded(.stale)
    let whole: RotaryPlan
    do { whole = try method.plan(length: k.shape[1]) } catch { throw .method(error) }
    let once = try ReferenceAttention.attend(q: q, k: k, v: v, plan: whole)
    self.stale = Self.largestByToken(stale, fresh)
    length = Self.largestByToken(fresh, once)
  }

  private static func largestByToken(_ left: Tensor<Double>, _ right: Tensor<Double>) -> [Double] {
    let (tokens, width) = (left.shape[1], left.shape[2])
    var largest = [Double](repeating: 0, count: tokens)
    for (index, pair) in zip(left.values, right.values).enumerated() {
      let token = index / width % tokens
      largest[token] = max(largest[token], abs(pair.0 - pair.1))
    }
    return largest
  }
}
