import RopeRecords

/// What a search makes small. It answers the same for the same table and rung.
public protocol SearchObjective: Sendable {
  /// - Parameters:
  ///   - rung: of the schedule, 0 the cheapest.
  ///   - progress: told the share that is done, 0 … 1.
  /// - Throws: `InferenceError.cancelled` where the caller asked to stop.
  func score(
    _ table: FactorTable, rung: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(InferenceError) -> SearchCandidate.Score
}
