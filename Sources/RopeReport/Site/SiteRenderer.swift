import RopeChart
import RopeText

/// Renders a documentation site: pages in the report's own styles, which they share as one file, with the navigation that
/// all of them carry. Works from a folder without network, and reads without scripts.
public struct SiteRenderer: Sendable {
  private let renderer: HTMLRenderer
  private let navigation: [(title: String, path: String)]
  private let ownStyle: String
  private let ownScript: String

  /// - Parameter navigation: titles and paths from the root of the site; the first is the front page.
  /// - Throws: `TemplateError` where a template is missing or malformed.
  public init(
    metrics: any TextMetrics, templates: TemplateSource = .embedded, navigation: [(title: String, path: String)]
  ) throws(TemplateError) {
    renderer = try HTMLRenderer(metrics: metrics, templates: templates)
    self.navigation = navigation
    ownStyle = try templates.text("site.css")
    ownScript = try templates.text("site.js")
  }

  /// All files of the site but pictures, sorted by path.
  public func files(_ pages: [SitePage]) -> [(path: String, bytes: [UInt8])] {
    let shared = [("site.css", renderer.sharedStyle + ownStyle), ("site.js", renderer.script + ownScript)]
    let all = shared + pages.map { ($0.path, html($0)) }
    return all.sorted { $0.0 < $1.0 }.map { ($0.0, Array($0.1.utf8)) }
  }

  func html(_ page: SitePage) -> String {
    let links = navigation.map { entry in
      let isHere =
        entry.path == page.path || PageFolder.of(entry.path) == PageFolder.of(page.path) && page.path.contains("/")
      return
        "<a href=\"\(page.root)\(Escaping.html(entry.path))\"\(isHere ? " aria-current=\"true\"" : "")>\(Escaping.html(entry.title))</a>"
    }
    let pictures = page.pictures.map { picture in
      """
      <a href="\(page.root)\(Escaping.html(picture.page))"><img src="\(page.root)\(Escaping.html(picture.file))" loading="lazy" \
      alt="\(Escaping.html(picture.description))"><span>\(Escaping.html(picture.title))</span></a>
      """
    }
    return renderer.page(
      page.document,
      [
        "root": page.root, "navigation": links.joined(separator: "\n"), "filter": Escaping.html(page.filter ?? ""),
        "pictures": pictures.joined(separator: "\n"),
      ])
  }

  private enum PageFolder {
    static func of(_ path: String) -> Substring { path.prefix { $0 != "/" } }
  }
}
