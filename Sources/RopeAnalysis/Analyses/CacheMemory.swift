import RopeMath

/// What the key–value cache and attention cost at a length; the same for every method that keeps all keys.
///
/// Series, of the baseline: `bytes` (bfloat16), `attention_operations`.
public enum CacheMemory: Analysis {
  public static let card = AnalysisCard(
    id: "cache-memory", title: "Key–value cache", unit: "bytes in bfloat16", xLabel: "length in context (tokens)",
    formula:
      "2·layers·kv_heads·D·2 B a token; latent attention layers·(rank + d)·2 B; sliding layers keep their window; attention of a prefill layers·heads·(D + D_v)·L² operations",
    references: [Reference("GQA", source: "arXiv 2305.13245", url: "https://arxiv.org/abs/2305.13245")])

  public static func run(_ context: AnalysisContext) -> [AnalysisSeries] {
    guard let cache = context.cache else { return [] }
    let last = min(4 * context.targetLength, RotaryGeometry.largestLength)
    let lengths = LengthGrid.powersOfTwo(
      from: 1024, to: max(last, context.trainedLength), including: [context.trainedLength, context.targetLength])
    let bytes = lengths.map { cache.bytes(length: $0) }
    return [
      card.curve(
        "bytes", x: lengths.map(Double.init), bytes, method: AnalysisSeries.baseline, length: context.targetLength,
        summary: [
          .bytesAtTarget: cache.bytes(length: context.targetLength),
          .bytesAtTrained: cache.bytes(length: context.trainedLength),
          .bytesPerToken: cache.bytes(length: 1),
          .attentionOperationsAtTarget: cache.attentionOperations(length: context.targetLength),
        ]),
      card.curve(
        "attention_operations", x: lengths.map(Double.init), lengths.map { cache.attentionOperations(length: $0) },
        method: AnalysisSeries.baseline, length: context.targetLength),
    ]
  }
}

extension SummaryKey {
  /// Bytes of one sequence; multiplications and additions of one prefill.
  public static let bytesAtTarget = Self("bytes_at_target"), bytesAtTrained = Self("bytes_at_trained"),
    bytesPerToken = Self("bytes_per_token"), attentionOperationsAtTarget = Self("attention_operations_at_target")
}
