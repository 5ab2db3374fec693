/// One stage of a model's training as a person tells it: sequences of one length and their share of the work.
public struct TrainingStage: Sendable, Hashable, Codable {
  /// Tokens of a sequence; at least 1.
  public let length: Int
  /// Share of all training tokens that were read in sequences of this length, in any unit: weights are compared, never
  /// added to 1. Finite and above 0.
  public let weight: Double

  /// - Throws: `TrainingStageError` where the length or the weight is not possible.
  public init(length: Int, weight: Double = 1) throws(TrainingStageError) {
    guard (1...RotaryGeometry.largestLength).contains(length) else { throw .length(String(length)) }
    guard weight.isFinite, weight > 0 else { throw .weight(weight.formattedShortest) }
    self.length = length
    self.weight = weight
  }

  /// Reads `8k:0.9,128k:0.1`: length, then weight, in the order of training. Weights may be left out of all stages
  /// together, which then count alike.
  ///
  /// - Throws: `TrainingStageError` for a stage that does not read.
  public static func parseList(_ text: String) throws(TrainingStageError) -> [TrainingStage] {
    var stages: [TrainingStage] = []
    var weighted = 0
    for piece in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let sides = piece.split(separator: ":", omittingEmptySubsequences: false).map { String($0.filter { $0 != " " }) }
      guard let name = sides.first, !name.isEmpty, sides.count <= 2 else { throw .syntax(piece) }
      guard let length = TokenCount.parse(name) else { throw .length(name) }
      guard sides.count == 2 else {
        stages.append(try TrainingStage(length: length))
        continue
      }
      guard let weight = Double(sides[1]) else { throw .weight(sides[1]) }
      stages.append(try TrainingStage(length: length, weight: weight))
      weighted += 1
    }
    guard weighted == 0 || weighted == stages.count else { throw .someWeights }
    return stages
  }
}
