import RopeMath
import RopeRecords
import RopeText

/// A search for people: what was found, how it does on other texts, and how to use it.
enum SearchText {
  static func text(_ record: SearchRecord, in layout: TextLayout, _ language: Language = .english) -> String {
    guard let chosen = record.history.first(where: { $0.id == record.chosen }), let method = record.method else {
      return layout.prose(language("No candidate was measured at the target yet.")).joined(separator: "\n")
    }
    let rungs = record.schedule.rungs, score = chosen.score(at: rungs.count - 1)
    let target = record.setting.targetLength.map { TokenCount.label($0) } ?? "", model = record.setting.model ?? ""
    let origin = Message(template: chosen.origin.rawValue)
    var lines = layout.prose(
      language(
        "Of \(record.history.count) candidates for \(model) at \(target) the best is number \(chosen.id) (\(origin), generation \(chosen.generation + 1)): \(number(score?.loss)) nats a token and \(number(score?.needleLoss)) a token of the hidden numbers, on the texts that it was chosen by."
      ))
    let parameters = record.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    lines += layout.prose(language("Its parameters: \(Message.names(parameters))."))
    lines += [""] + layout.prose(language("λ̂ by pair: \(chosen.factors.map { "\($0)" }.joined(separator: ", "))"))
    if !record.items.isEmpty { lines += ["", record.table.text(in: layout, language)] }
    lines += ["", language("As a method:")] + layout.line(method, indent: "  ")
    lines += record.configs.flatMap {
      AdvicePage.settings(
        of: "\($0.runtime) \($0.version)", $0.text, reason: $0.reason, notes: $0.notes, in: layout, language)
    }
    return lines.joined(separator: "\n")
  }

  private static func number(_ value: Double?) -> Message {
    value.map { "\((($0 * 1e4).rounded() / 1e4).formattedShortest)" } ?? "no number of"
  }
}
