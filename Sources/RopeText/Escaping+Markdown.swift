extension Escaping {
  /// Plain text in a paragraph or in a cell of a table, on one line: no markup, no HTML, no cell ends with it.
  package static func markdown(_ text: String) -> String {
    map(text) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case "\\", "`", "*", "_", "[", "]", ">", "|", "#", "~": "\\\(scalar)"
      case "\n", "\t": " "
      default: isHidden(scalar) ? "\\" + visible(String(scalar)) : nil
      }
    }
  }

  /// A span of code on one line, between more backticks than it holds in a row.
  ///
  /// - Parameter inTable: a bar would end the cell even in code, and becomes `¦`.
  package static func markdownCode(_ text: String, inTable: Bool = false) -> String {
    let line = map(visible(text)) { inTable && $0 == "|" ? "¦" : nil }
    guard line.unicodeScalars.contains("`") else { return line.isEmpty ? "` `" : "`\(line)`" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    return "\(fence) \(line) \(fence)"
  }

  /// A block of code, its lines kept.
  package static func markdownBlock(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return "\(fence)\n\(lines(text))\n\(fence)"
  }

  private static func longestRun(of mark: Unicode.Scalar, in text: String) -> Int {
    var (longest, run) = (0, 0)
    for scalar in text.unicodeScalars {
      run = scalar == mark ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
