import RopeText

/// Tables for LaTeX.
public enum LaTeX {
  /// A table in the manner of booktabs: one that floats, across both columns of a page where one is too narrow, or, with
  /// more rows than a page has lines, a `longtable`. Best values are bold, words behind cells stand as notes below,
  /// headings are stacked and columns of long text break their lines.
  public static func table(_ table: Block.Table) -> String {
    let columns = table.columns.indices.map { Column(table, $0) }
    let notes = table.notes
    let rows = table.rows.indices.map { row in
      table.columns.indices.map { column -> String in
        guard let cell = table.cell(row, column) else { return "" }
        let plain = cell.text.plainText
        var text = columns[column].isLong ? breakable(plain) : Escaping.latex(plain)
        if columns[column].best.contains(row) { text = "\\textbf{\(text)}" }
        if let note = notes.firstIndex(of: cell.why) { text += "\\textsuperscript{\(SourceLabel.text(note + 1))}" }
        return text
      }.joined(separator: " & ") + " \\\\"
    }
    let words = notes.enumerated().map { place, note in
      "\\textsuperscript{\(SourceLabel.text(place + 1))}\\,\(Escaping.latex(note))"
    }
    let parts = Parts(
      columns: columns, rows: rows, notes: words, caption: Escaping.latex(table.caption.plainText),
      label: "tab:\(Escaping.identifier(table.id))")
    return (table.rows.count > pageRows ? parts.long : parts.floating).joined(separator: "\n") + "\n"
  }

  /// Text in which paths and names of keys may break too.
  private static func breakable(_ text: String) -> String {
    var parts = [""]
    for character in text {
      parts[parts.count - 1].append(character)
      if "/_.,".contains(character) { parts.append("") }
    }
    return parts.map(Escaping.latex).joined(separator: "\\allowbreak{}")
  }

  /// Rows that a page holds beside its caption.
  private static let pageRows = 36

  /// One column of the table, measured in characters of ten-point type.
  private struct Column {
    /// Characters of a cell from which on it breaks lines.
    static let longCell = 36

    let isLeft: Bool
    let isLong: Bool
    /// Of the widest cell.
    let width: Int
    let heading: String
    let best: Set<Int>

    init(_ table: Block.Table, _ place: Int) {
      let column = table.columns[place]
      isLeft = column.alignment == .left
      best = table.bestRows(ofColumn: place)
      let widest = table.rows.indices.map { table.cell($0, place)?.text.plainText.count ?? 0 }.max() ?? 0
      isLong = isLeft && widest > Self.longCell
      let words =
        column.title.split(separator: " ").map(String.init) + (column.unit.isEmpty ? [] : ["(\(column.unit))"])
      var lines: [String] = []
      for word in words {
        if let last = lines.last, last.count + 1 + word.count <= max(widest, 8) {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(word)
        }
      }
      width = max(widest, lines.map(\.count).max() ?? 0)
      let text = lines.map(Escaping.latex).joined(separator: "\\\\")
      heading =
        lines.count > 1 && !isLong
        ? "\\shortstack[\(isLeft ? "l" : "r")]{\(text)}" : lines.map(Escaping.latex).joined(separator: " ")
    }
  }

  private struct Parts {
    let columns: [Column], rows: [String], notes: [String], caption: String, label: String

    /// Characters of a line of the table, three for the space between columns.
    private var width: Int { columns.map { min($0.width, Column.longCell) + 3 }.reduce(0, +) }
    private var hasLong: Bool { columns.contains(where: \.isLong) }
    private var packages: String { "% \\usepackage{\(hasLong ? "array," : "")booktabs" }
    private var head: String { columns.map(\.heading).joined(separator: " & ") + " \\\\" }

    /// Smaller type for what a line of ten-point type does not hold.
    private var size: [String] {
      guard width > 70 else { return [] }
      return [width > 95 ? "\\footnotesize" : "\\small", "\\setlength{\\tabcolsep}{4pt}"]
    }

    var floating: [String] {
      // A column of a two-column page holds some fifty characters.
      let environment = width > 50 || hasLong ? "table*" : "table"
      return [packages + "}", "\\begin{\(environment)}", "  \\centering"] + size.map { "  " + $0 } + [
        "  \\caption{\(caption)}", "  \\label{\(label)}", "  \\begin{tabular}{\(layout)}", "    \\toprule",
        "    \(head)",
        "    \\midrule",
      ] + rows.map { "    " + $0 } + ["    \\bottomrule", "  \\end{tabular}"]
        + notes.map { "  \\par\\footnotesize\($0)" } + ["\\end{\(environment)}"]
    }

    var long: [String] {
      [packages + ",longtable}", "\\begingroup"] + size + [
        "\\begin{longtable}{\(layout)}", "  \\caption{\(caption)}\\label{\(label)}\\\\", "  \\toprule", "  \(head)",
        "  \\midrule", "  \\endfirsthead", "  \\toprule", "  \(head)", "  \\midrule", "  \\endhead", "  \\bottomrule",
        "  \\endfoot",
      ] + rows.map { "  " + $0 } + ["\\end{longtable}"] + notes.map { "\\par\\footnotesize\($0)" } + ["\\endgroup"]
    }

    /// Long text gets a share of the line by its length, the rest what it takes.
    private var layout: String {
      let short = columns.filter { !$0.isLong }.map { $0.width + 3 }.reduce(0, +)
      let all = columns.filter(\.isLong).map(\.width).reduce(0, +)
      let room = max(0.3, 0.95 - Double(short) / (width > 95 ? 110 : 90))
      return columns.map { column in
        guard column.isLong else { return column.isLeft ? "l" : "r" }
        let share = (Double(column.width) / Double(max(1, all)) * room * 100).rounded() / 100
        return ">{\\raggedright\\arraybackslash}p{\(max(0.15, share))\\linewidth}"
      }.joined()
    }
  }
}
