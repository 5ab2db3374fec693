import RopeRecords
import RopeReport
import RopeText

/// An advice for the terminal.
enum AdvicePage {
  /// Reasons, cautions, alternatives and what would change it, a heading each.
  static func lines(_ advice: Advice, in layout: TextLayout, _ language: Language = .english) -> [String] {
    var lines: [String] = []
    if advice.action == .method {
      lines += ["", language("For \(list: advice.runtimes): \(advice.decidedBy).")].flatMap { layout.prose($0) }
    }
    for part in AdviceText.parts(advice) {
      lines += ["", language(part.title)] + part.reasons.flatMap { item($0, layout, language) }
    }
    return lines
  }

  /// What a runtime is told, or why it cannot be told.
  static func settings(
    of runtime: String, _ text: String?, reason: String?, notes: [String], in layout: TextLayout, _ language: Language
  ) -> [String] {
    let told = text ?? Escaping.visible(language(foreign: reason ?? ""))
    return ["", runtime] + told.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      + notes.flatMap { layout.prose(language("note: \(language(foreign: $0))"), indent: "  ") }
  }

  private static func item(_ reason: AdviceReason, _ layout: TextLayout, _ language: Language) -> [String] {
    var text = language(reason.message)
    if let method = reason.method, !reason.text.contains(method) { text = language("\(text): \(method)") }
    if let source = reason.source { text = language("\(text) (\(source.title), \(source.source))") }
    return layout.prose("- " + text, indent: "  ")
  }
}
