import Foundation
import RopeAnalysis

/// What a measurement will be able to tell, in sentences.
enum Outlook {
  /// Of items that every method answers, found or missed, length by length.
  static func items(_ count: Int, methods: Int) -> [String] {
    let comparisons = max(1, methods - 1)
    let wins = StudyPower(comparisons: comparisons).leastWins
    guard methods > 1 else {
      let half = MeasuredProportion(successes: count / 2, trials: count).interval
      return [
        "\(count) items a length: a share of one half is known to \(percent(half.lowerBound)) … \(percent(half.upperBound)) %."
      ]
    }
    let opening =
      "\(count) items a length, \(comparisons) comparison\(comparisons == 1 ? "" : "s") with the first method"
    return [
      count >= wins
        ? "\(opening): methods are told apart from \(wins) items on that only one of them finds (with none the other way), \(percent(Double(wins) / Double(count))) % of the items."
        : "\(opening): no outcome tells methods apart; at least \(wins) items are needed."
    ]
  }

  /// Of a difference of 0.05 nats over so many documents.
  static func documents(_ count: Int, methods: Int) -> String {
    let power = StudyPower(comparisons: max(1, methods - 1))
    let scatter = power.largestScatter(documents: count, difference: 0.05)
    return
      "With \(count) documents a difference of 0.05 nats is seen (power 80 %) where the documents' own differences scatter by at most \(scatter.formatted(.number.precision(.significantDigits(2)))) nats."
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))" }
}
