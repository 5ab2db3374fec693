/// Where the documentation stands on the web: what outputs link to.
public struct DocumentationSite: Sendable, Hashable {
  /// The address of the published site. Empty: it is not published, and nothing links to it.
  public static let published = ""
  /// The environment's variable that replaces `published`; an empty value means no links.
  public static let variable = "ROPESCOPE_DOCS_URL"

  /// Without a slash at its end.
  public let address: String

  /// - Parameter address: of the front page's folder. Nil unless it begins with `https://` or `http://` and holds letters,
  ///   digits and `-._~:/%@` only, so that no output has to escape it.
  public init?(_ address: String) {
    let scheme = ["https://", "http://"].first { address.hasPrefix($0) }
    let isClean = address.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", ":", "/", "%", "@": true
      default: false
      }
    }
    guard let scheme, isClean, address.utf8.count > scheme.utf8.count else { return nil }
    self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
  }

  /// The page of one thing.
  public func page(_ kind: PageKind, _ id: String) -> String { "\(address)/\(kind.path(id))" }
}
