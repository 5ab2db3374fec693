import Foundation
import Mustache
import RopeChart
import RopeText

/// Renders a document as one self-contained HTML file: readable without scripts, then enhanced by a small one.
///
/// Templates receive finished HTML in every value, text already escaped; they write `{{{name}}}` and hold no logic.
public struct HTMLRenderer: Sendable {
  /// How charts are drawn for wide screens and paper, and for phones.
  public let wideStyle: FigureStyle
  public let narrowStyle: FigureStyle
  /// At most this many rows in the data table under a figure.
  public let dataRowLimit: Int
  /// What the page's own words are told in.
  public let language: Language
  let metrics: any TextMetrics
  private let library: MustacheLibrary
  private let css: String
  let script: String

  private static let templateNames = [
    "report", "page", "section", "paragraph", "verdict", "list", "key-values", "table", "chart", "formula", "code",
    "findings",
    "citations", "details", "note",
  ]

  /// - Throws: `TemplateError` where a template is missing or malformed.
  public init(
    metrics: any TextMetrics, templates: TemplateSource = .embedded, wideStyle: FigureStyle = Self.wide,
    narrowStyle: FigureStyle = Self.narrow, dataRowLimit: Int = 12, language: Language = .english
  ) throws(TemplateError) {
    self.metrics = metrics
    self.language = language
    self.wideStyle = wideStyle.told(in: language.code)
    self.narrowStyle = narrowStyle.told(in: language.code)
    self.dataRowLimit = dataRowLimit
    var library = MustacheLibrary()
    for name in Self.templateNames {
      library.register(try templates.mustache(name + ".mustache", in: language), named: name)
    }
    self.library = library
    let own = "report.\(language.code).css"
    css = try templates.text("report.css") + (templates.names.contains(own) ? try templates.text(own) : "")
    script = TemplateWords.script(try templates.text("report.js"), in: language)
  }

  /// 600 pt drawn at 4/3: labels of 9 pt are 12 px on the screen.
  public static let wide = FigureStyle(
    id: "screen", width: 600, labelSize: 9.5, tickSize: 9, families: FontFamilies.sans, lineWidth: 1.2)
  /// The column of a 390 px telephone.
  public static let narrow = FigureStyle(
    id: "phone", width: 268, labelSize: 9.5, tickSize: 9, families: FontFamilies.sans, lineWidth: 1.2,
    largestAspect: nil)

  public func render(_ document: Document) -> String {
    fill("report", values(of: document, style: styleSheet))
  }

  /// A page of a site: style and script stand in files that all pages share, what its charts need in the page.
  func page(_ document: Document, _ frame: [String: String]) -> String {
    let values = values(of: document) { charts in charts.wide.isEmpty ? "" : chartStyle(charts) }
    return fill("page", values.merging(frame) { _, frame in frame })
  }

  private func values(of document: Document, style: (ChartDrawings) -> String) -> [String: Any] {
    let index = DocumentIndex(document, in: language)
    let writer = HTMLBlocks(renderer: self, index: index, charts: ChartDrawings(document, renderer: self))
    let metadata = document.metadata
    var sections = document.sections.map { writer.section($0, level: 2) }
    if let sources = writer.sources() { sections.append(sources) }
    return [
      "language": Escaping.html(metadata.language), "title": Escaping.html(metadata.title),
      // On a telephone ORG/NAME breaks behind the slash rather than within a name.
      "heading": Escaping.html(metadata.title).replacing("/", with: "/<wbr>"),
      "subtitle": Escaping.html(metadata.subtitle), "description": Escaping.html(metadata.description),
      "author": Escaping.html(metadata.author), "creator": Escaping.html(metadata.creator),
      "keywords": Escaping.html(metadata.keywords.joined(separator: ", ")),
      "style": style(writer.charts), "script": script,
      "symbols": writer.charts.symbols + writer.charts.styleSheet.definitions,
      "contents": document.sections.count < 3 ? "" : contents(document, index), "lead": writer.blocks(document.lead),
      "sections": sections.joined(),
    ]
  }

  func fill(_ template: String, _ values: [String: Any]) -> String {
    library.render(values.filter { ($0.value as? String)?.isEmpty != true }, withTemplate: template) ?? ""
  }

  private func styleSheet(_ charts: ChartDrawings) -> String {
    style(charts.styleSheet) + SVGStyleSheet.fonts(wideStyle.families, mono: FontFamilies.mono)
      + charts.styleSheet.sharedRules
  }

  /// The style without any chart's colours.
  var sharedStyle: String { style(nil) }

  private func style(_ charts: SVGStyleSheet?) -> String {
    css
      .replacing("/*chart-light*/", with: charts?.properties(.light) ?? "")
      .replacing("/*chart-dark*/", with: charts?.properties(.dark) ?? "")
      .replacing("/*chart-print*/", with: charts?.properties(.print) ?? "")
  }

  /// What charts need beside the shared style.
  private func chartStyle(_ charts: ChartDrawings) -> String {
    let dark = charts.styleSheet.properties(.dark)
    return ":root{\(charts.styleSheet.properties(.light))}"
      + "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){\(dark)}}:root[data-theme=dark]{\(dark)}"
      + "@media print{:root,:root[data-theme=dark]{\(charts.styleSheet.properties(.print))}}"
      + SVGStyleSheet.fonts(wideStyle.families, mono: FontFamilies.mono) + charts.styleSheet.sharedRules
  }

  private func contents(_ document: Document, _ index: DocumentIndex) -> String {
    func link(_ id: String) -> String {
      guard let entry = index[id] else { return "" }
      return
        "<a href=\"#\(Escaping.identifier(id))\"><span>\(Escaping.html(entry.number))</span> \(Escaping.html(entry.title))</a>"
    }
    var items = document.sections.map { section -> String in
      let inner = section.subsections.map { "<li>\(link($0.id))</li>" }.joined()
      return "<li>\(link(section.id))\(inner.isEmpty ? "" : "<ul>\(inner)</ul>")</li>"
    }
    if index[DocumentIndex.sourcesID] != nil { items.append("<li>\(link(DocumentIndex.sourcesID))</li>") }
    return items.joined(separator: "\n")
  }
}
