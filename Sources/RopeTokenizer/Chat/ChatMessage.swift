/// Something that was said in a chat.
public struct ChatMessage: Sendable, Hashable {
  /// `system`, `user`, `assistant`, `tool`.
  public var role: String
  public var content: String

  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }
}
