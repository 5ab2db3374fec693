/// Why nothing rotates in a model.
public struct NoRotation: Sendable {
  public var sentence: String
  /// The value of the file that says so; nil where an absent key does.
  public var place: DeclaredValue?

  init(_ sentence: String, _ place: DeclaredValue?) {
    self.sentence = sentence
    self.place = place
  }
}
