import RopeJSON

/// A value of a configuration with its place; what it means is not decided yet.
public struct DeclaredValue: Sendable {
  public let key: String
  public let node: JSONNode
  /// JSON pointer of the value.
  public let pointer: String

  public init(key: String, node: JSONNode, pointer: String) {
    self.key = key
    self.node = node
    self.pointer = pointer
  }

  /// A member of this object; nil where it is absent or null.
  public func member(_ key: String) -> DeclaredValue? {
    guard let member = node.member(key), !member.node.isNull else { return nil }
    let place = member.writtenKey.isEmpty ? pointer : pointer + "/" + Self.escaped(member.writtenKey)
    return DeclaredValue(key: key, node: member.node, pointer: place)
  }

  /// The first of several names that is present and not null.
  public func member(anyOf keys: [String]) -> DeclaredValue? {
    for key in keys { if let value = member(key) { return value } }
    return nil
  }

  /// Whether the file says it under another name, or only the program that reads the file does.
  public var isRenamed: Bool { !key.isEmpty && !pointer.hasSuffix("/" + Self.escaped(key)) }

  /// `~` and `/` in a key, as RFC 6901 writes them.
  private static func escaped(_ key: String) -> String {
    JSONPointer.escaped(key)
  }
}
