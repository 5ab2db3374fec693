import Foundation

/// A record as a table of texts.
public struct RecordTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public let title: String
    /// Numbers stand at the right.
    public let isNumber: Bool

    public static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    public static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  public var columns: [Column]
  public var rows: [[String]]
  /// Sentences below it.
  public var notes: [String]

  public init(columns: [Column], rows: [[String]], notes: [String] = []) {
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  static func text(_ value: Double, digits: Int) -> String {
    value.formatted(
      .number.precision(.significantDigits(digits)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
  }
}
