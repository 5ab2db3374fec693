extension CacheShape {
  /// Bytes of the cache in bfloat16 with `length` tokens in context.
  public func bytes(length: Int) -> Double {
    let perLayer = latentDimension.map(Double.init) ?? Double(2 * keyValueHeads * headDimension)
    let sliding = Double(min(slidingLayers, layers))
    let kept = Double(window.map { min(length, $0) } ?? length)
    return 2 * perLayer * ((Double(layers) - sliding) * Double(length) + sliding * kept)
  }

  /// Multiplications and additions of the scores and weighted sums of one causal prefill: half of 4·L²·D a head.
  public func attentionOperations(length: Int) -> Double {
    let sliding = Double(min(slidingLayers, layers))
    let span = Double(window.map { min(length, $0) } ?? length)
    let perHead = 2 * Double(heads) * Double(headDimension)
    return perHead * ((Double(layers) - sliding) * Double(length) * Double(length) + sliding * 2 * Double(length) * span)
  }
}
