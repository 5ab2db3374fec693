import Foundation
import RopeText

/// A record as a table of texts, which are told in the reader's language.
public struct RecordTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public let title: Message
    /// Numbers stand at the right.
    public let isNumber: Bool

    public static func text(_ title: Message) -> Column { Column(title: title, isNumber: false) }
    public static func number(_ title: Message) -> Column { Column(title: title, isNumber: true) }
  }

  public var columns: [Column]
  public var rows: [[Message]]
  /// Sentences below it.
  public var notes: [Message] = []

  static func text(_ value: Double, digits: Int) -> String {
    value.formatted(
      .number.precision(.significantDigits(digits)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
  }

  /// Cells that are the same in every language.
  static func cells(_ texts: [String]) -> [Message] { texts.map { "\($0)" } }
}
