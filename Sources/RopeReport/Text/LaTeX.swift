/// Text and tables for LaTeX.
public enum LaTeX {
  /// Plain text with LaTeX's special characters escaped, and the few that old engines lack written as commands.
  public static func escape(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": out += "\\textbackslash{}"
      case "{", "}", "$", "&", "#", "_", "%": out += "\\\(scalar)"
      case "~": out += "\\textasciitilde{}"
      case "^": out += "\\textasciicircum{}"
      case "<": out += "\\textless{}"
      case ">": out += "\\textgreater{}"
      case "|": out += "\\textbar{}"
      case "\"": out += "''"
      case "\u{2212}": out += "$-$"
      case "×": out += "$\\times$"
      case "±": out += "$\\pm$"
      case "∞": out += "$\\infty$"
      case "′": out += "$'$"
      case "\u{2009}": out += "\\,"
      case "\u{A0}": out += "~"
      case "–": out += "--"
      case "—": out += "---"
      default:
        if let greek = greek[scalar] {
          out += "$\\\(greek)$"
        } else if let digit = superscripts[scalar] {
          out += "\\textsuperscript{\(digit)}"
        } else if scalar == "\n" || scalar == "\t" {
          out += " "
        } else if scalar.properties.generalCategory != .control {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  /// A `table` environment in the manner of booktabs; best values bold, words behind cells as notes below.
  public static func table(_ table: Block.Table) -> String {
    let best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    let columns = table.columns.map { $0.alignment == .left ? "l" : "r" }.joined()
    let notes = table.notes
    var lines = [
      "% \\usepackage{booktabs}", "\\begin{table}", "  \\centering", "  \\caption{\(escape(table.caption.plainText))}",
      "  \\label{tab:\(Markup.slug(table.id))}", "  \\begin{tabular}{\(columns)}", "    \\toprule",
      "    " + table.columns.map { escape($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))") }
        .joined(separator: " & ") + " \\\\",
      "    \\midrule",
    ]
    for row in table.rows.indices {
      let cells = table.columns.indices.map { column -> String in
        guard let cell = table.cell(row, column) else { return "" }
        var text = escape(cell.text.plainText)
        if best[column].contains(row) { text = "\\textbf{\(text)}" }
        if let note = notes.firstIndex(of: cell.why) { text += "\\textsuperscript{\(SourceLabel.text(note + 1))}" }
        return text
      }
      lines.append("    " + cells.joined(separator: " & ") + " \\\\")
    }
    lines += ["    \\bottomrule", "  \\end{tabular}"]
    for (place, note) in notes.enumerated() {
      lines.append(
        "  \\par\\footnotesize\\textsuperscript{\(SourceLabel.text(place + 1))}\\,\(escape(note))")
    }
    return (lines + ["\\end{table}", ""]).joined(separator: "\n")
  }

  private static let greek: [Unicode.Scalar: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "θ": "theta", "λ": "lambda", "μ": "mu", "π": "pi",
    "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "Σ": "Sigma", "Δ": "Delta", "Θ": "Theta",
  ]
  private static let superscripts: [Unicode.Scalar: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-",
  ]
}
