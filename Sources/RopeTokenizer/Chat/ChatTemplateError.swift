/// Why a chat template cannot be read or rendered.
public struct ChatTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    /// The template is not of the language.
    case syntax
    /// Something of the language that is not done here.
    case unsupported
    /// A name, a key or a type that the template cannot work with.
    case value
    /// The template itself refuses what it was given.
    case raised
    /// More steps, text or depth than a template may take.
    case budget
  }

  public let kind: Kind
  public let message: String
  /// Counted from 1.
  public let line: Int

  public init(_ kind: Kind, _ message: String, line: Int) {
    self.kind = kind
    self.message = message
    self.line = line
  }

  public var description: String {
    kind == .raised ? "the chat template says: \(message)" : "chat template, line \(line): \(message)"
  }
}
