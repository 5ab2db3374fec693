import CCairo
import RopeChart
import RopeText

/// The structure of a document while it is drawn: groups of a display list named `structure` become tags of the PDF, their
/// key the kind (`P`, `H1`, `Figure`, `Table` …), their title what stands for a figure or formula when it is read aloud.
final class StructureTags {
  /// An element as it began, and the entries that Cairo leaves out.
  struct Element: Hashable {
    var kind: String
    var entries: String
  }

  static let group = "structure"

  private(set) var elements: [Element] = []
  /// Areas of the links that stand in the structure of the current page.
  private(set) var placed: Set<Rectangle> = []
  /// Kinds of the open groups; nil for those that are no part of the structure, or whose link leads nowhere.
  private var open: [String?] = []
  private let cairo: OpaquePointer
  /// The attributes of a link's tag; nil where its goal is unknown.
  private let attributes: (Rectangle, DrawOperation.Target) -> String?

  init(_ cairo: OpaquePointer, attributes: @escaping (Rectangle, DrawOperation.Target) -> String?) {
    self.cairo = cairo
    self.attributes = attributes
  }

  /// To be called when the page has its size: Cairo forgets what it was told before. Links of the page before are of no
  /// interest.
  func beginPage() {
    placed = []
    if elements.isEmpty { begin("Document") }
  }

  /// Ends the document.
  func finish() {
    if !elements.isEmpty { cairo_tag_end(cairo, "Document") }
  }

  func apply(_ operation: DrawOperation) {
    switch operation {
    case .beginGroup(let group):
      guard group.name == Self.group, let kind = group.key else {
        open.append(nil)
        return
      }
      // A link begins when its area is known.
      open.append(kind)
      if kind != CAIRO_TAG_LINK { begin(kind, group) }
    case .endGroup:
      if let last = open.popLast(), let kind = last { cairo_tag_end(cairo, kind) }
    case .link(let area, let target):
      guard open.last == CAIRO_TAG_LINK else { return }
      placed.insert(area)
      if let attributes = attributes(area, target) {
        begin(CAIRO_TAG_LINK, attributes: attributes)
      } else {
        open[open.count - 1] = "Span"
        begin("Span")
      }
    case .path, .text, .markers, .image, .beginClip, .endClip, .destination: break
    }
  }

  /// A link outside of the groups, which stands by itself.
  func addLink(_ attributes: String) {
    begin(CAIRO_TAG_LINK, attributes: attributes)
    cairo_tag_end(cairo, CAIRO_TAG_LINK)
  }

  private func begin(_ kind: String, _ group: DrawOperation.Group? = nil, attributes: String = "") {
    var entries = group?.title.map { " /Alt \(PDFText.string($0))" } ?? ""
    if let scope = group?.attributes["scope"] { entries += " /A << /O /Table /Scope /\(scope) >>" }
    elements.append(Element(kind: kind, entries: entries))
    cairo_tag_begin(cairo, kind, attributes)
  }
}

extension DrawOperation {
  /// Begins a part of a tagged document.
  ///
  /// - Parameters:
  ///   - kind: a structure type of PDF: `P`, `H1`, `TR`, `Figure`.
  ///   - text: what is read in place of a figure or formula.
  ///   - scope: `Row` or `Column` of a table's head.
  public static func beginStructure(_ kind: String, text: String? = nil, scope: String? = nil) -> DrawOperation {
    .beginGroup(
      Group(StructureTags.group, key: kind, title: text, attributes: scope.map { ["scope": $0] } ?? [:]))
  }
}
