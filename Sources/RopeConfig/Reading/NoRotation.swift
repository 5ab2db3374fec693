import RopeText

/// Why nothing rotates in a model.
public struct NoRotation: Sendable {
  /// The sentence with its values apart from its words.
  public var message: Message
  /// The value of the file that says so; nil where an absent key does.
  public var place: DeclaredValue?

  init(_ message: Message, _ place: DeclaredValue?) {
    self.message = message
    self.place = place
  }

  /// In English.
  public var sentence: String { Language.english(message) }
}
