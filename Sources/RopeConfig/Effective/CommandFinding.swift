import RopeJSON
import RopeText

/// What a program would complain of, or leave out without a word, in the options that it is given.
public struct CommandFinding: Sendable {
  public enum Severity: Sendable { case error, warning, note }

  /// A short name of what is wrong, the same for the same cause: `option-gone`.
  public let kind: String
  public let severity: Severity
  /// What is wrong, with its values apart from its words.
  public let message: Message
  /// Where it stands in `source`.
  public let bytes: Range<Int>
  public let source: SourceText

  public var place: (line: Int, column: Int) { source.place(of: bytes.lowerBound) }
}
