import RopeTensors
import RopeText

/// Names that files of measurements give to methods, models, texts and benchmarks.
enum MeasuredName {
  /// Unicode characters of a name at most.
  static let longest = 200
  /// Where records have them, and how long they are.
  static let keys = ["method": 1...longest, "task": 1...longest, "model": 0...longest, "setting/text": 0...longest]

  /// The name without what a terminal obeys; nil where it is too long.
  static func read(_ text: String) -> String? {
    text.unicodeScalars.dropFirst(longest).isEmpty ? visible(text) : nil
  }

  /// What is wrong with a name that `read` does not take.
  static func fault(_ key: String) -> String {
    "“\(key)” has more than \(longest) characters, a shorter name is expected"
  }

  /// The beginning of a text, for messages.
  static func excerpt(_ text: String) -> String { visible(text.excerpt(60)) }

  /// The text with U+FFFD in place of characters that control a terminal, break a line or turn its direction.
  static func visible(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isVisible($0) ? $0 : "\u{FFFD}" }))
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    case .format: !("\u{202A}"..."\u{202E}").contains(scalar) && !("\u{2066}"..."\u{2069}").contains(scalar)
    default: true
    }
  }
}
