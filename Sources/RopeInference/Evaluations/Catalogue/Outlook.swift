import Foundation
import RopeAnalysis

/// What a measurement will be able to tell, in sentences.
enum Outlook {
  /// Of items that every method answers, found or missed, length by length.
  ///
  /// - Parameter areGraded: an item's score may lie between, so that methods are compared by how far they differ.
  static func items(_ count: Int, methods: Int, areGraded: Bool = false) -> [String] {
    let comparisons = max(1, methods - 1)
    let wins = StudyPower(comparisons: comparisons).leastWins
    guard methods > 1 else {
      let half = MeasuredProportion.intervalOfHalf(trials: count)
      return [
        "Items a length: \(count). A share of one half is known to \(percent(half.lowerBound)) … \(percent(half.upperBound)) %."
      ]
    }
    let opening = "Items a length: \(count), comparisons with the first method: \(comparisons)."
    guard count >= wins else {
      return ["\(opening) No outcome tells methods apart; at least \(wins) items are needed."]
    }
    let share = percent(Double(wins) / Double(count))
    return [
      areGraded
        ? "\(opening) Methods are told apart from \(wins) items on that one of them answers better (with none the other way), \(share) % of the items."
        : "\(opening) Methods are told apart from \(wins) items on that only one of them finds (with none the other way), \(share) % of the items."
    ]
  }

  /// Of what is found in questions that share texts: a difference of a tenth over so many of them.
  static func texts(_ count: Int, methods: Int) -> String {
    guard count > 1 else { return "One text says nothing of others: there will be no interval." }
    let scatter = StudyPower(comparisons: max(1, methods - 1)).largestScatter(documents: count, difference: 0.1)
    return
      "With \(count) texts a difference of a tenth of the answers is seen (power 80 %) where the texts' own differences scatter by at most \(digits(scatter)) of their answers."
  }

  /// Of a difference of 0.05 nats over so many documents.
  static func documents(_ count: Int, methods: Int) -> String {
    let power = StudyPower(comparisons: max(1, methods - 1))
    let scatter = power.largestScatter(documents: count, difference: 0.05)
    return
      "With \(count) documents a difference of 0.05 nats is seen (power 80 %) where the documents' own differences scatter by at most \(digits(scatter)) nats."
  }

  /// `1 item`, `2 items`.
  static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  private static func digits(_ value: Double) -> String {
    value.formatted(.number.precision(.significantDigits(2)).locale(Locale(identifier: "en_US_POSIX")))
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))" }
}
