/// One stage of a model's training as a person tells it: sequences of one length and their share of the work.
public struct TrainedStage: Sendable, Hashable, Codable {
  /// Tokens of a sequence; at least 1.
  public let length: Int
  /// Share of all training tokens that were read in sequences of this length, in any unit: weights are compared, never
  /// added to 1. Finite and above 0.
  public let weight: Double
  /// Tokens that positions of a sequence are spread over where it is cut in two and the second part moved on by a random
  /// skip (PoSE, arXiv 2309.10400); nil for sequences that run through.
  public let reach: Int?

  /// - Throws: `TrainedStageError` where the length, the reach or the weight is not possible.
  public init(length: Int, weight: Double = 1, reach: Int? = nil) throws(TrainedStageError) {
    if let reach {
      guard reach >= length, reach <= RotaryGeometry.largestLength else { throw .reach(String(reach)) }
    }
    self.reach = reach
    guard (1...RotaryGeometry.largestLength).contains(length) else { throw .length(String(length)) }
    guard weight.isFinite, weight > 0 else { throw .weight(weight.formattedShortest) }
    self.length = length
    self.weight = weight
  }

  /// Reads `8k:0.9,128k:0.1`: length, then weight, in the order of training; `2k/16k:0.1` is a PoSE stage of 2,048 tokens
  /// within 16,384 positions. Weights may be left out of all stages together, which then count alike.
  ///
  /// - Throws: `TrainedStageError` for a stage that does not read.
  public static func parseList(_ text: String) throws(TrainedStageError) -> [TrainedStage] {
    var stages: [TrainedStage] = []
    var weighted = 0
    for piece in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let sides = piece.split(separator: ":", omittingEmptySubsequences: false).map { String($0.filter { $0 != " " }) }
      guard let name = sides.first, !name.isEmpty, sides.count <= 2 else { throw .syntax(piece) }
      let lengths = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard let first = lengths.first, lengths.count <= 2, let length = TokenCount.parse(first) else {
        throw .length(name)
      }
      var reach: Int?
      if lengths.count == 2 {
        guard let tokens = TokenCount.parse(lengths[1]) else { throw .reach(lengths[1]) }
        reach = tokens
      }
      guard sides.count == 2 else {
        stages.append(try TrainedStage(length: length, reach: reach))
        continue
      }
      guard let weight = Double(sides[1]) else { throw .weight(sides[1]) }
      stages.append(try TrainedStage(length: length, weight: weight, reach: reach))
      weighted += 1
    }
    guard weighted == 0 || weighted == stages.count else { throw .someWeights }
    return stages
  }
}
