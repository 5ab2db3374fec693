extension Escaping {
  /// Plain text with LaTeX's special characters written out, and mathematics that old engines lack as commands.
  package static func latex(_ text: String) -> String {
    map(text) { scalar in
      if let command = latexCommands[scalar] { return command }
      return isControl(scalar) || isDirectional(scalar) || isNoncharacter(scalar) ? "" : nil
    }
  }

  private static let latexCommands: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "_": "\\_", "%": "\\%",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "''", "\n": " ", "\t": " ", "\u{A0}": "~", "\u{2009}": "\\,", "–": "--", "—": "---",
    "…": "\\ldots{}", "\u{2212}": "$-$", "×": "$\\times$", "±": "$\\pm$", "·": "$\\cdot$", "∞": "$\\infty$",
    "≥": "$\\ge$", "≤": "$\\le$", "′": "$'$", "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "δ": "$\\delta$",
    "θ": "$\\theta$", "λ": "$\\lambda$", "μ": "$\\mu$", "π": "$\\pi$", "ρ": "$\\rho$", "σ": "$\\sigma$",
    "τ": "$\\tau$", "φ": "$\\phi$", "ω": "$\\omega$", "Σ": "$\\Sigma$", "Δ": "$\\Delta$", "Θ": "$\\Theta$",
    "⁰": "\\textsuperscript{0}", "¹": "\\textsuperscript{1}", "²": "\\textsuperscript{2}", "³": "\\textsuperscript{3}",
    "⁴": "\\textsuperscript{4}", "⁵": "\\textsuperscript{5}", "⁶": "\\textsuperscript{6}", "⁷": "\\textsuperscript{7}",
    "⁸": "\\textsuperscript{8}", "⁹": "\\textsuperscript{9}", "⁻": "\\textsuperscript{-}",
  ]
}
