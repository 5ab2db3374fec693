extension CacheShape {
  /// Bytes of the cache in bfloat16 with `length` tokens in context.
  public func bytes(length: Int) -> Double {
    let perLayer = latentDimension.map(Double.init) ?? Double(2 * keyValueHeads * headDimension)
    let sliding = Double(min(slidingLayers, layers))
    let kept = Double(window.map { min(length, $0) } ?? length)
    return 2 * perLayer * ((Double(layers) - sliding) * Double(length) + sliding * kept)
  }

  /// Multiplications and additions of the scores and weighted sums of one causal prefill: 2·(D + D_v) for each head,
  /// query and visible key, which is about 2·L²·D a head where every key is kept and values are as wide as keys.
  public func attentionOperations(length: Int) -> Double {
    let sliding = Double(min(slidingLayers, layers))
    func visibleKeys(_ window: Int) -> Double {
      let span = Double(min(length, max(1, window)))
      return span * Double(length) - span * (span - 1) / 2
    }
    let keys = (Double(layers) - sliding) * visibleKeys(length) + sliding * visibleKeys(window ?? length)
    return 2 * Double(heads) * Double(headDimension + (valueDimension ?? headDimension)) * keys
  }
}
