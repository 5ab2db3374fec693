import RopeFigures
import RopeRecords
import RopeText

/// An advice for the terminal.
enum AdvicePage {
  /// Reasons, cautions, alternatives and what would change it, a heading each.
  static func lines(_ advice: Advice, in layout: TextLayout) -> [String] {
    var lines: [String] = []
    if advice.action == .method {
      lines += ["", "For \(Wording.list(advice.runtimes)): " + advice.decidedBy + "."].flatMap {
        layout.prose($0)
      }
    }
    let parts = [
      ("Why", advice.reasons), ("Beware", advice.cautions), ("Otherwise", advice.alternatives),
      ("What would change it", advice.wouldChange),
    ]
    for (title, reasons) in parts where !reasons.isEmpty {
      lines += ["", title] + reasons.flatMap { item($0, layout) }
    }
    return lines
  }

  private static func item(_ reason: AdviceReason, _ layout: TextLayout) -> [String] {
    let method = reason.method.map { ": \($0)" } ?? ""
    let isNamed = reason.method.map(reason.text.contains) ?? true
    let source = reason.source.map { " (\($0.title), \($0.source))" } ?? ""
    return layout.prose("- " + reason.text + (isNamed ? "" : method) + source, indent: "  ")
  }
}
