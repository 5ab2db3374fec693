import ArgumentParser
import RopeMath
import RopeReport
import RopeText

/// A table as papers and pages take it.
enum TableForm: String {
  case latex, markdown, typst

  func text(_ table: Block.Table) -> String {
    switch self {
    case .latex: LaTeX.table(table).trimmed
    case .markdown: MarkdownRenderer().render(table)
    case .typst: Typst.table(table).trimmed
    }
  }
}

/// Which columns of a table are written.
struct TableOptions: ParsableArguments {
  @Option(help: "Columns of the table, with commas, in this order: phase-safe,resolution-kept; all for every one.")
  var columns: String?

  /// The table with the columns that are asked for.
  ///
  /// - Parameter usual: keys of those that are shown where none are named; nil for all.
  func chosen(from table: Block.Table, usual: [String]? = nil) throws -> Block.Table {
    guard let keys = columns.map({ $0.split(separator: ",").map { String($0).trimmed } }) ?? usual, keys != ["all"]
    else { return table }
    if let chosen = table.selecting(keys) { return chosen }
    let known = table.columns.dropFirst().map { Block.Table.key(ofColumn: $0.title) }
    let unknown = keys.first { !known.contains($0) } ?? ""
    throw Failure.usage(
      "no column is called “\(unknown)”\(Nearest.hint(unknown, in: known)); there are \(known.joined(separator: ", "))")
  }
}
