import RopeConfig
import RopeMath
import RopeRecords

/// The objective on a real model: `(1 − w)·loss + w·needle loss`, means over a rung's windows, nats per token.
///
/// Windows shorter than the target are read under the target's own plans, so that a cheap rung ranks the same tables.
public struct ModelObjective: SearchObjective {
  public let probe: NeedleProbe
  public let rungs: [SearchSchedule.Rung]
  /// w, 0 … 1.
  public let needleWeight: Double
  private let frame: SearchFrame
  private let reading: Reading
  private let reachesSlidingLayers: Bool

  /// - Throws: `InferenceError.option` for a weight beyond 0 … 1, or texts that are too short.
  public init(
    _ probe: NeedleProbe, frame: SearchFrame, rungs: [SearchSchedule.Rung], reading: Reading,
    reachesSlidingLayers: Bool = false, needleWeight: Double = 0.5
  ) throws(InferenceError) {
    guard (0...1).contains(needleWeight) else {
      throw .option("a needle's weight of \(needleWeight) is not possible; it must lie in 0 … 1")
    }
    for rung in rungs { try probe.check(length: rung.length) }
    self.probe = probe
    self.rungs = rungs
    self.needleWeight = needleWeight
    self.frame = frame
    self.reading = reading
    self.reachesSlidingLayers = reachesSlidingLayers
  }

  public func score(
    _ table: FactorTable, rung: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(InferenceError) -> SearchCandidate.Score {
    let plans = try MethodPlanner(
      table.specification(frame), model: reading, targetLength: frame.target, reachesSlidingLayers: reachesSlidingLayers
    ).plans(length: frame.target)
    let windows = rungs[rung].windows
    var loss = 0.0, needle = 0.0, found = 0
    for item in 0..<windows {
      let measured = try probe.measurement(
        length: rungs[rung].length, document: item % probe.documents.count, item: item, of: windows, plans: plans
      ) { progress((Double(item) + $0) / Double(windows)) }
      loss += measured.loss / Double(windows)
      needle += measured.needleLoss / Double(windows)
      found += measured.isFound ? 1 : 0
    }
    return SearchCandidate.Score(
      rung: rung, objective: (1 - needleWeight) * loss + needleWeight * needle, loss: loss, needleLoss: needle,
      found: found)
  }
}
