/// Why a template cannot be used.
public enum TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  case noFolder(path: String)
  case unreadable(path: String)
  case missing(name: String)
  case malformed(name: String, line: Int, reason: String)

  public var description: String {
    switch self {
    case .noFolder(let path): "\(path) is not a folder; --templates takes one that holds template files"
    case .unreadable(let path): "\(path) cannot be read as UTF-8 text"
    case .missing(let name): "there is no template named \(name)"
    case .malformed(let name, let line, let reason): "template \(name), line \(line): \(reason)"
    }
  }
}
