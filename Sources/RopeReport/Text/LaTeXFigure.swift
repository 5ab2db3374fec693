import Mustache
import RopeChart
import RopeTemplates
import RopeText

/// The LaTeX source that includes a figure's PDF with caption, label and alternative text.
public struct LaTeXFigure: Sendable {
  private let template: MustacheTemplate

  /// - Throws: `TemplateError` where the template is missing or malformed.
  public init(templates: TemplateSource = .embedded) throws(TemplateError) {
    template = try templates.mustache("figure.tex.mustache")
  }

  /// - Parameters:
  ///   - file: the PDF as LaTeX should find it: `figures/wavelength.pdf`.
  ///   - width: of the PDF in points (1/72 in), LaTeX's `bp`;
  ///   - spansColumns: whether the figure goes across both columns of a page.
  public func source(for figure: Figure, file: String, width: Double, spansColumns: Bool = false) -> String {
    let safeFile = String(
      file.unicodeScalars.filter { !"\\{}%#$~^&\"".unicodeScalars.contains($0) }.map(Character.init))
    let language = Language.named(figure.language) ?? .english
    return template.render(
      [
        "environment": spansColumns ? "figure*" : "figure", "file": safeFile,
        "width": NumberText.fixed(width, decimals: 2).replacing(NumberText.thinSpace, with: ""),
        "title": Escaping.latex(figure.title), "caption": Escaping.latex(figure.caption),
        "text": Escaping.latex(language("\(figure.title). \(figure.caption)")),
        "alt": Escaping.latex(figure.alternativeText), "label": Escaping.identifier(figure.id),
      ])
  }
}
