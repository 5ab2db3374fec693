import RopeText

/// Writes a display list as SVG with real text and one class for each paint.
///
/// Colours are CSS custom properties (`var(--m-yarn, #009E73)`), so that one SVG in an HTML page serves light, dark and
/// print. Ids are made from the given `id` only; equal lists give equal bytes.
public struct SVGWriter: Sendable {
  public enum Mode: Sendable {
    /// For a place inside an HTML page, which brings the style sheet (`SVGStyleSheet`).
    case inline
    /// For a page with many drawings, which brings `sharedRules` and `definitions` of a sheet made of all of them,
    /// with `isShared`.
    case shared(SVGStyleSheet)
    /// A file of its own, with its style sheet, a light ground, and a dark one where the reader's system asks for it.
    case standalone
  }

  public var mode: Mode
  public var families: [String]
  public var monoFamilies: [String]

  public init(
    mode: Mode = .inline, families: [String] = FontFamilies.sans, monoFamilies: [String] = FontFamilies.mono
  ) {
    self.mode = mode
    self.families = families
    self.monoFamilies = monoFamilies
  }

  /// `title` and `description` are what a screen reader says; `id` (letters, digits, hyphens) is the element's id.
  /// Where the page holds the description in an element of its own, `describedBy` names that instead.
  ///
  /// - Parameter language: what the texts are told in, after BCP 47; named where it is not English.
  public func write(
    _ list: DisplayList, title: String, description: String, id: String? = nil, language: String = "en",
    describedBy: String? = nil
  ) -> String {
    var parts: SVGParts?
    if case .shared(let sheet) = mode { parts = sheet.parts }
    var isStandalone = false
    if case .standalone = mode { isStandalone = true }
    var out = SVGBuffer(parts: parts)
    let width = SVGBuffer.number(list.width)
    let height = SVGBuffer.number(list.height)
    // Within a page the parser knows the namespace.
    out.text += parts == nil ? "<svg xmlns=\"http://www.w3.org/2000/svg\"" : "<svg"
    out.text += " class=\"chart\" viewBox=\"0 0 \(width) \(height)\""
    if isStandalone { out.text += " width=\"\(width)pt\" height=\"\(height)pt\"" }
    if language != "en" { out.text += " xml:lang=\"\(Escaping.identifier(language))\"" }
    if let id { out.text += " id=\"\(Escaping.identifier(id))\"" }
    out.text += " role=\"img\" aria-label=\"\(Escaping.svg(title))\""
    if let describedBy { out.text += " aria-describedby=\"\(Escaping.identifier(describedBy))\"" }
    out.text += ">\n"
    if isStandalone { out.text += "<title>\(Escaping.svg(title))</title>\n" }
    if describedBy == nil { out.text += "<desc>\(Escaping.svg(description))</desc>\n" }
    if isStandalone {
      let fonts = SVGStyleSheet.fonts(families, mono: monoFamilies)
      out.text += "<style>\(fonts)\(SVGStyleSheet(lists: [list]).standalone)</style>\n"
      out.text += "<rect class=\"f-ground\" width=\"100%\" height=\"100%\"/>\n"
    }
    var clips = 0
    let clipPrefix = id.map(Escaping.identifier) ?? "chart"
    var texts: [DrawOperation.Text] = []
    for operation in list.operations {
      if case .text(let text) = operation {
        if let last = texts.last, !SVGBuffer.areAlike(last, text) {
          out.labels(texts[...])
          texts = []
        }
        texts.append(text)
        continue
      }
      out.labels(texts[...])
      texts = []
      write(operation, to: &out, clips: &clips, clipPrefix: clipPrefix)
    }
    out.labels(texts[...])
    out.text += "</svg>\n"
    return out.text
  }

  private func write(_ operation: DrawOperation, to out: inout SVGBuffer, clips: inout Int, clipPrefix: String) {
    switch operation {
    case .path(let path): out.path(path)
    case .text(let text): out.labels([text])
    case .markers(let markers): out.markers(markers)
    case .image(let image): out.image(image)
    case .beginGroup(let group): out.open(group)
    case .endGroup: out.text += "</g>\n"
    case .beginClip(let frame):
      clips += 1
      out.text += "<clipPath id=\"\(clipPrefix)-clip\(clips)\">\(SVGBuffer.rect(frame))</clipPath>"
      out.text += "<g clip-path=\"url(#\(clipPrefix)-clip\(clips))\">\n"
    case .endClip: out.text += "</g>\n"
    case .link(let area, let target): out.link(area, target)
    case .destination(let name, let x, let y):
      out.text +=
        "<g id=\"\(Escaping.identifier(name))\" transform=\"translate(\(SVGBuffer.number(x)) \(SVGBuffer.number(y)))\"/>\n"
    }
  }
}
