import RopeFigures
import RopeRecords

/// An advice in sentences and blocks.
public enum AdviceText {
  /// What to do first, for whom, by which criterion; then what to beware of.
  static func sentences(_ record: RunRecord) -> [VerdictSentence] {
    guard let advice = record.advice else { return [] }
    let first = VerdictSentence(first(advice, name: name(record)), figure: "summary")
    return [first] + (advice.cautions.isEmpty ? [] : [VerdictSentence(joined(advice.cautions))])
  }

  /// What figures call the advised method.
  public static func name(_ record: RunRecord) -> String? {
    record.methods.first { $0.label == record.advised }?.name
  }

  /// The one sentence that says what to do.
  public static func first(_ advice: Advice, name: String?) -> String {
    switch advice.action {
    case .unchanged, .window:
      let what =
        advice.action == .unchanged
        ? "the model as it is" : "the model with its window raised to \(Wording.whole(advice.target))"
      return "Try first: \(what). \(joined(Array(advice.reasons.prefix(1))))"
    case .method:
      let method = advice.method ?? ""
      let ties =
        advice.ties.isEmpty ? "" : " \(Wording.list(advice.ties.map { "`\($0)`" })) cannot be told from it by that."
      return
        "Try first: \(name.map { "\($0) (`\(method)`)" } ?? "`\(method)`") for \(Wording.list(advice.runtimes)), \(advice.decidedBy).\(ties)\(span(advice.holdsFor))"
    case .none:
      return
        "No method can be advised: \(joined(advice.reasons.isEmpty ? advice.cautions : Array(advice.reasons.prefix(1))))"
    }
  }

  /// For which deviations of the logits the choice holds.
  private static func span(_ span: AdviceSpan) -> String {
    guard let first = span.choices.first, let last = span.choices.last else { return "" }
    let whose =
      span.isMeasured
      ? "measured: σ = \(Wording.number(span.logitDeviation))" : "σ = \(Wording.number(span.logitDeviation)) is assumed"
    guard span.isDecisive else {
      return
        " This holds for logits with σ from \(Wording.number(first.from)) to \(Wording.number(last.to)) nats (\(whose))."
    }
    let parts = span.choices.map { "`\($0.method)` for σ from \(Wording.number($0.from)) to \(Wording.number($0.to))" }
    return " It hangs on the deviation of the logits (\(whose)): \(Wording.list(parts)) nats."
  }

  static func joined(_ reasons: [AdviceReason]) -> String { reasons.map { sentence($0.text) }.joined(separator: " ") }

  /// A reason begins small and ends without a stop; alone it is a sentence.
  public static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  /// Everything that an advice says, for a reader who asks why.
  static func details(_ advice: Advice) -> Block {
    let parts: [(String, [AdviceReason])] = [
      ("Why", advice.reasons), ("Beware", advice.cautions), ("Otherwise", advice.alternatives),
      ("What would change it", advice.wouldChange),
    ]
    var blocks: [Block] = []
    for (title, reasons) in parts where !reasons.isEmpty {
      blocks += [.prose("\(strong: title)"), .list(Block.List(reasons.map(item)))]
    }
    return .details(
      Block.Details(id: "advice", summary: "Why this first, for whom, and what would change it", blocks: blocks))
  }

  private static func item(_ reason: AdviceReason) -> Prose {
    var item = Prose(marked: reason.text)
    if let method = reason.method { item = item + " (\(code: method))" }
    guard let source = reason.source else { return item }
    return item + " " + Prose(runs: ReferenceList.citation(source))
  }
}
