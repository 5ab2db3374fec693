/// A repository of the Hugging Face Hub: `ORG/NAME`.
public struct HubName: Sendable, Equatable, CustomStringConvertible {
  public let owner: String
  public let name: String

  public var description: String { "\(owner)/\(name)" }
  /// Its folder in a cache: `models--ORG--NAME`.
  public var cacheFolder: String { "models--\(owner)--\(name)" }

  /// An id as people write it: `ORG/NAME`, or the address of its page or of a file in it.
  ///
  /// Nil for what can only be a path: more parts, or a beginning such as `./`, `~` or `/`.
  public init?(_ text: String) {
    var rest = Substring(text)
    for prefix in ["https://", "http://", "hf://"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
    var isAddress = rest.count < text.count
    for host in ["huggingface.co/", "www.huggingface.co/", "hf.co/"] where rest.hasPrefix(host) {
      rest = rest.dropFirst(host.count)
      isAddress = true
    }
    let path = rest.prefix { $0 != "?" && $0 != "#" }
    let parts = path.split(separator: "/", omittingEmptySubsequences: isAddress)
    guard isAddress ? parts.count >= 2 : parts.count == 2, parts.prefix(2).allSatisfy(Self.isPart),
      parts[0] != "datasets", parts[0] != "spaces"
    else { return nil }
    owner = String(parts[0])
    name = String(parts[1])
  }

  /// The repository whose part of a cache a path lies in, or is: `…/models--ORG--NAME/snapshots/…`.
  public init?(inCache path: String) {
    guard let folder = path.split(separator: "/").last(where: { $0.hasPrefix("models--") }) else { return nil }
    let rest = folder.dropFirst("models--".count)
    guard let cut = rest.firstRange(of: "--"), cut.lowerBound > rest.startIndex, cut.upperBound < rest.endIndex else {
      return nil
    }
    owner = String(rest[..<cut.lowerBound])
    name = String(rest[cut.upperBound...])
  }

  private static func isPart(_ text: Substring) -> Bool {
    guard let first = text.first, first != ".", first != "~", text.count <= 96 else { return false }
    return text.allSatisfy { ($0.isLetter || $0.isNumber) && $0.isASCII || "-_.".contains($0) }
  }
}
