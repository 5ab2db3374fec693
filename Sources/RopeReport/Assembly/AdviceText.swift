import RopeFigures
import RopeRecords
import RopeText

/// An advice in sentences and blocks.
public enum AdviceText {
  /// What to do first, for whom, by which criterion; then what to beware of.
  static func sentences(_ record: RunRecord, in language: Language) -> [VerdictSentence] {
    guard let advice = record.advice else { return [] }
    let first = VerdictSentence(first(advice, name: name(record, in: language), in: language), figure: "summary")
    return [first] + (advice.cautions.isEmpty ? [] : [VerdictSentence(joined(advice.cautions, in: language))])
  }

  /// What figures call the advised method.
  public static func name(_ record: RunRecord, in language: Language = .english) -> String? {
    record.methods.first { $0.label == record.advised }?.name(in: language)
  }

  /// The one sentence that says what to do.
  public static func first(_ advice: Advice, name: String?, in language: Language = .english) -> String {
    let reason = joined(Array(advice.reasons.prefix(1)), in: language)
    switch advice.action {
    case .unchanged: return language.sentences([language("Try first: the model as it is."), reason])
    case .window:
      return language.sentences([
        language("Try first: the model with its window raised to \(Wording.whole(advice.target))."), reason,
      ])
    case .method:
      let method = advice.method ?? ""
      let what: Message =
        if let name {
          "Try first: \(name) (`\(method)`) for \(list: advice.runtimes), \(advice.decidedBy)."
        } else {
          "Try first: `\(method)` for \(list: advice.runtimes), \(advice.decidedBy)."
        }
      let ties: Message? =
        advice.ties.isEmpty ? nil : "\(list: advice.ties.map { "`\($0)`" as String }) cannot be told from it by that."
      return language.sentences([what, ties, span(advice.holdsFor)].compactMap { $0.map { language($0) } })
    case .none:
      let why = advice.reasons.isEmpty ? joined(advice.cautions, in: language) : reason
      return language("No method can be advised: \(why)")
    }
  }

  /// For which deviations of the logits the choice holds, where it hangs on them.
  private static func span(_ span: AdviceSpan) -> Message? {
    guard span.isDecisive else { return nil }
    let sigma = Wording.number(span.logitDeviation)
    let parts = span.choices.map { choice -> Message in
      "`\(choice.method)` for σ from \(Wording.number(choice.from)) to \(Wording.number(choice.to))"
    }
    return span.isMeasured
      ? "It hangs on the deviation of the logits (measured: σ = \(sigma)): \(list: parts) nats."
      : "It hangs on the deviation of the logits (σ = \(sigma) is assumed): \(list: parts) nats."
  }

  static func joined(_ reasons: [AdviceReason], in language: Language) -> String {
    language.sentences(reasons.map { language.sentence($0.message) })
  }

  /// The parts of an advice that say anything, each under its title.
  public static func parts(_ advice: Advice) -> [(title: Message, reasons: [AdviceReason])] {
    [
      ("Why", advice.reasons), ("Beware", advice.cautions), ("Otherwise", advice.alternatives),
      ("What would change it", advice.wouldChange),
    ].filter { !$0.1.isEmpty }
  }

  /// Everything that an advice says, for a reader who asks why.
  static func details(_ advice: Advice, in language: Language) -> Block {
    .details(
      Block.Details(
        id: "advice", summary: language("Why this first, for whom, and what would change it"),
        blocks: parts(advice).flatMap { part -> [Block] in
          [
            .prose("\(strong: language(part.title))"),
            .list(Block.List(part.reasons.map { item($0, in: language) })),
          ]
        }))
  }

  private static func item(_ reason: AdviceReason, in language: Language) -> Prose {
    var item = Prose(marked: language(reason.message))
    if let method = reason.method { item = Prose("\(item) (\(code: method))", in: language) }
    guard let source = reason.source else { return item }
    return item + " " + Prose(runs: ReferenceList.citation(source, in: language))
  }
}
