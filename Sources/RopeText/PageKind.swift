/// What a page of the documentation is about, and where it stands in the site: `rules/theta-missing.html`.
public enum PageKind: String, Sendable, CaseIterable, Codable {
  case guide, method, rule, figure, analysis, runtime, family, model, command, reference, term, key

  /// The folder of the kind's pages.
  public var folder: String {
    switch self {
    case .analysis: "analyses"
    case .family: "families"
    case .reference: "reference"
    case .guide, .method, .rule, .figure, .runtime, .model, .command, .term, .key: rawValue + "s"
    }
  }

  /// The page of one thing, from the root of the site. Terms and parameter keys share a page each.
  public func path(_ id: String) -> String {
    switch self {
    case .term: "glossary.html#\(Escaping.identifier(id))"
    case .key: "reference/parameters.html#\(Escaping.identifier(id))"
    case .guide, .method, .rule, .figure, .analysis, .runtime, .family, .model, .command, .reference:
      "\(folder)/\(id).html"
    }
  }
}
