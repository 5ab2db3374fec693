import RopeFigures
import RopeRecords
import RopeText

/// An advice for the terminal.
enum AdvicePage {
  /// Reasons, cautions, alternatives and what would change it, a heading each.
  static func lines(_ advice: Advice) -> [String] {
    var lines: [String] = []
    if advice.action == .method {
      lines += ["", "For \(Wording.list(advice.runtimes)): " + advice.decidedBy + "."].flatMap {
        TextPage.wrapped($0, width: 100, indent: "")
      }
    }
    let parts = [
      ("Why", advice.reasons), ("Beware", advice.cautions), ("Otherwise", advice.alternatives),
      ("What would change it", advice.wouldChange),
    ]
    for (title, reasons) in parts where !reasons.isEmpty { lines += ["", title] + reasons.flatMap(item) }
    return lines
  }

  private static func item(_ reason: AdviceReason) -> [String] {
    let method = reason.method.map { ": \($0)" } ?? ""
    let isNamed = reason.method.map(reason.text.contains) ?? true
    let source = reason.source.map { " (\($0.title), \($0.source))" } ?? ""
    return TextPage.wrapped(
      Escaping.visible("- " + reason.text + (isNamed ? "" : method) + source), width: 100, indent: "  ")
  }
}
