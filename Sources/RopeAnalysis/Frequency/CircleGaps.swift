import RealModule

/// The gaps that equally spaced rotations leave on the circle.
///
/// The angles 0, α, 2α … (N − 1)α, taken modulo one turn, cut the circle into gaps of at most three lengths, the largest
/// being the sum of the other two where all three occur (three-gap theorem, Sós 1958).
public enum CircleGaps {
  /// Largest gap, as a share of the circle, that `count` rotations by `angle` radians leave; 1 for a single point.
  ///
  /// The two shortest gaps next to 0 are narrowed by Euclid's subtraction, in a logarithmic number of steps.
  public static func largest(angle: Double, count: Int) -> Double {
    let turns = abs(angle) / (2 * .pi)
    let step = turns - turns.rounded(.down)
    guard count > 1, step > 0 else { return 1 }
    // The gaps that begin and end at 0, and the numbers of rotations that made them.
    var after = step, before = 1 - step
    var afterCount = 1.0, beforeCount = 1.0
    let points = Double(count)
    while afterCount + beforeCount < points, after > 0, before > 0 {
      if after > before {
        let times = max(
          1, min((after / before).rounded(.down), ((points - afterCount - beforeCount) / beforeCount).rounded(.up)))
        after -= times * before
        afterCount += times * beforeCount
      } else {
        let times = max(
          1, min((before / after).rounded(.down), ((points - afterCount - beforeCount) / afterCount).rounded(.up)))
        before -= times * after
        beforeCount += times * afterCount
      }
    }
    return afterCount + beforeCount > points ? after + before : max(after, before)
  }
}
