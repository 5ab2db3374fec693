/// What is wrong with a text of JSON, and at which byte.
public struct JSONFault: Error, Sendable, Equatable {
  /// A sentence without a subject: `expected “:” after the key “a”`; for `.content` what the file has: `a merge that is
  /// no pair`.
  public let message: String
  public let kind: Kind
  public let offset: Int

  public enum Kind: Sendable {
    /// The text is no JSON.
    case syntax
    /// It is, but holds what the reader cannot use.
    case content
    /// The message is a whole sentence of its own.
    case sentence
  }

  public init(_ message: String, kind: Kind = .sentence, at offset: Int = 0) {
    self.message = message
    self.kind = kind
    self.offset = offset
  }

  /// `it is no JSON: expected …, at byte 12`.
  /// - Parameters:
  ///   - subject: what is read, `it` for short.
  ///   - start: where the JSON begins in its file.
  public func sentence(_ subject: String, from start: Int = 0) -> String {
    switch kind {
    case .syntax: "\(subject) is no JSON: \(message), at byte \(start + offset)"
    case .content: "\(subject) has \(message) at byte \(start + offset)"
    case .sentence: message
    }
  }
}
