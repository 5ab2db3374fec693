import RopeText

/// Tables for LaTeX.
public enum LaTeX {
  /// A `table` environment in the manner of booktabs; best values bold, words behind cells as notes below.
  public static func table(_ table: Block.Table) -> String {
    let best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    let columns = table.columns.map { $0.alignment == .left ? "l" : "r" }.joined()
    let notes = table.notes
    var lines = [
      "% \\usepackage{booktabs}", "\\begin{table}", "  \\centering",
      "  \\caption{\(Escaping.latex(table.caption.plainText))}",
      "  \\label{tab:\(Escaping.identifier(table.id))}", "  \\begin{tabular}{\(columns)}", "    \\toprule",
      "    "
        + table.columns.map { Escaping.latex($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))") }
        .joined(separator: " & ") + " \\\\",
      "    \\midrule",
    ]
    for row in table.rows.indices {
      let cells = table.columns.indices.map { column -> String in
        guard let cell = table.cell(row, column) else { return "" }
        var text = Escaping.latex(cell.text.plainText)
        if best[column].contains(row) { text = "\\textbf{\(text)}" }
        if let note = notes.firstIndex(of: cell.why) { text += "\\textsuperscript{\(SourceLabel.text(note + 1))}" }
        return text
      }
      lines.append("    " + cells.joined(separator: " & ") + " \\\\")
    }
    lines += ["    \\bottomrule", "  \\end{tabular}"]
    for (place, note) in notes.enumerated() {
      lines.append(
        "  \\par\\footnotesize\\textsuperscript{\(SourceLabel.text(place + 1))}\\,\(Escaping.latex(note))")
    }
    return (lines + ["\\end{table}", ""]).joined(separator: "\n")
  }
}
