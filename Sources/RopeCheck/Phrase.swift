import Foundation
import RopeMath
import RopeText

/// Numbers as messages write them.
enum Phrase {
  /// `131,072`.
  static func tokens(_ count: Double) -> String {
    guard count.isFinite, abs(count) < 1e15 else { return "\(count)" }
    guard count == count.rounded() else { return count.formattedShortest }
    var digits = String(Int(abs(count)))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (count < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  static func tokens(_ count: Int) -> String { tokens(Double(count)) }

  /// Three significant digits: `2.2`, `1.63`, `0.0455`, `32`.
  static func ratio(_ value: Double) -> String {
    guard value.isFinite else { return "∞" }
    if value == value.rounded(), abs(value) < 1e6 { return String(Int(value)) }
    if abs(value) >= 1000, abs(value) < 1e15 { return tokens(value.rounded()) }
    return String(format: "%.3g", value)
  }

  /// A JSON number: whole where it can be.
  static func json(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) + (abs(value) < 1000 ? ".0" : "") : String(value)
  }

  /// The nearest integer towards zero, within ±10^15; 0 for what is no number.
  static func whole(_ value: Double) -> Int {
    value.isNaN ? 0 : Int(min(max(value, -1e15), 1e15))
  }

  /// A scaling factor as advice writes it: up to the next quarter, ⌈4s⌉/4, so that the length asked for is reached.
  static func quarters(_ factor: Double) -> Double { (factor * 4).rounded(.up) / 4 }

  static func percent(_ share: Double) -> String { ratio(share * 100) + " %" }

  static func items(_ count: Int) -> Message { count == 1 ? "1 item" : "\(count) items" }

  static func layers(_ count: Int) -> Message { count == 1 ? "1 layer" : "\(count) layers" }

  static func files(_ count: Int) -> Message { count == 1 ? "1 file" : "\(count) files" }
}
