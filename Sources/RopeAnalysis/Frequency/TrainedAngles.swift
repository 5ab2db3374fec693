import RopeMath

/// What training showed of each pair: the arc from 0 to the largest `length · θ_i` of any stage on its circle.
///
/// The last stage is the context's baseline plan at its own length, so a model that was trained under a scaling is judged
/// by that, and by every earlier stage. A pair that completes a turn has seen the whole circle and nothing is new to it.
struct TrainedAngles {
  static let turn = 2 * Double.pi

  /// Largest angle of each pair, radians, not reduced to one turn.
  let largest: [Double]

  init(_ training: TrainedDistances) {
    let pairs = training.stages.last?.plan.pairCount ?? 0
    largest = (0..<pairs).map { training.largestAngle(pair: $0) }
  }

  init(_ baseline: RotaryPlan, earlier: [RotaryPlan] = []) {
    self.init(TrainedDistances(baseline, earlier: earlier))
  }

  /// Pairs that never complete a turn; pairs that do not rotate at all are not among them.
  var incompletePairs: [Int] { largest.indices.filter { largest[$0] < Self.turn && largest[$0] > 0 } }

  /// `c_i = min(1, L0·θ_i/2π)`: share of the circle seen.
  var arcs: [Double] { largest.map { min(1, $0 / Self.turn) } }

  /// `e_i`: share of the circle that is new when pair `i` turns as far as `angle` radians.
  func newArc(pair: Int, angle: Double) -> Double {
    max(0, min(Self.turn, angle) - min(Self.turn, largest[pair])) / Self.turn
  }

  /// Share of the positions 0 … L at which pair `i`, turning as far as `angle`, stands at an angle that training never
  /// showed: of every full turn the unseen arc, of the last one what lies beyond the trained arc.
  func unseenShare(pair: Int, angle: Double) -> Double {
    let seen = min(Self.turn, largest[pair])
    guard seen < Self.turn, angle > seen else { return 0 }
    let turns = (angle / Self.turn).rounded(.down)
    let rest = angle - turns * Self.turn
    return (turns * (Self.turn - seen) + max(0, rest - seen)) / angle
  }
}
