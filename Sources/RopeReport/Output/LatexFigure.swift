import RopeChart
import RopeText

/// A LaTeX figure environment around a PDF: caption, label and alternative text.
enum LatexFigure {
  /// - Parameter file: name of the PDF without its ending.
  static func text(_ figure: Figure, file: String) -> String {
    """
    \\begin{figure}
      \\centering
      \\includegraphics[alt={\(Escaping.latex(figure.alternativeText))}]{\(file)}
      \\caption{\(Escaping.latex(figure.title)). \(Escaping.latex(figure.caption))}
      \\label{fig:\(figure.id)}
    \\end{figure}

    """
  }
}
