import RopeAnalysis

/// Windows of 16 tokens in buckets of 4; trained to 8.
func measuredLosses(
  _ method: String, _ windows: [[Double]], source: String = "a.json"
) -> MeasuredLosses {
  let buckets = (0..<4).map { place -> MeasuredLosses.Bucket in
    let values = windows.map { $0[place] }
    return .init(
      from: 4 * place, to: 4 * place + 4, tokens: 4 * values.count, nll: values.reduce(0, +) / Double(values.count),
      standardError: 0.5, byWindow: values)
  }
  let all = windows.flatMap { $0 }
  return MeasuredLosses(
    method: method, length: 16, windows: windows.count, tokens: 16 * windows.count,
    nll: all.reduce(0, +) / Double(all.count), standardError: 0.4, buckets: buckets, sources: [source])
}
