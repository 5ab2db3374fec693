import RopeChart

/// A LaTeX figure environment around a PDF: caption, label and alternative text.
enum LatexFigure {
  /// - Parameter file: name of the PDF without its ending.
  static func text(_ figure: Figure, file: String) -> String {
    """
    \\begin{figure}
      \\centering
      \\includegraphics[alt={\(escaped(figure.alternativeText))}]{\(file)}
      \\caption{\(escaped(figure.title)). \(escaped(figure.caption))}
      \\label{fig:\(figure.id)}
    \\end{figure}

    """
  }

  /// Text as LaTeX sets it; mathematics in Unicode becomes its commands.
  static func escaped(_ text: String) -> String {
    let commands: [Character: String] = [
      "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
      "^": "\\^{}", "~": "\\~{}", "θ": "$\\theta$", "λ": "$\\lambda$", "ρ": "$\\rho$", "σ": "$\\sigma$", "π": "$\\pi$",
      "Δ": "$\\Delta$", "Σ": "$\\Sigma$", "′": "$'$", "×": "$\\times$", "·": "$\\cdot$", "−": "$-$", "∞": "$\\infty$",
      "≥": "$\\ge$", "≤": "$\\le$", "²": "$^2$", "…": "\\ldots{}", "–": "--",
    ]
    return text.map { commands[$0] ?? String($0) }.joined()
  }
}
