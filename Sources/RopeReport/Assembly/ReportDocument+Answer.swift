import RopeAdvice
import RopeConfig
import RopeFigures
import RopeMath
import RopeRecords

extension ReportDocument {
  /// The first screen: what to do, what `check` finds, how servers are told.
  func answer(isBrief: Bool = false) -> [Block] {
    let advice = Verdict.answer(record).map(sentence)
    return [.verdict(Block.Verdict(advice + [checkSentence].compactMap { $0 }))]
      + findings(limit: isBrief ? 3 : 6) + settings(isBrief: isBrief)
  }

  /// What the numbers say, each sentence with its figure.
  var numberSentences: [Prose] {
    let shown = Set(figures.map(\.figure.id))
    return Verdict.numbers(record).map { sentence in
      let evidence = sentence.figure.flatMap { shown.contains($0) ? $0 : nil }
      return Prose(marked: sentence.text) + (evidence.map { " (\(reference: $0))" } ?? "")
    }
  }

  private func sentence(_ sentence: VerdictSentence) -> Block.Verdict.Sentence {
    Block.Verdict.Sentence(Prose(marked: sentence.text))
  }

  // MARK: Findings

  private func count(_ severity: FindingRecord.Severity) -> Int {
    record.findings?.count { $0.severity == severity } ?? 0
  }

  private var checkSentence: Block.Verdict.Sentence? {
    guard record.findings != nil else { return nil }
    let counts = [(count(.error), "error"), (count(.warning), "warning"), (count(.note), "note")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    if counts.isEmpty {
      return .init("\(code: "ropescope check") finds nothing wrong in the configuration as it stands.", tone: .good)
    }
    return .init(
      "\(code: "ropescope check") finds \(Wording.list(counts)) in the configuration as it stands.",
      tone: count(.error) > 0 ? .bad : count(.warning) > 0 ? .caution : .plain)
  }

  /// Errors and warnings; notes where there is nothing worse stay with `check`.
  private func findings(limit: Int) -> [Block] {
    let worse = (record.findings ?? []).filter { $0.severity != .note }
    guard !worse.isEmpty else { return [] }
    let items = worse.prefix(limit).map { finding in
      let pointer = finding.pointer.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
      return Block.Findings.Item(
        Block.Findings.Severity(rawValue: finding.severity.rawValue) ?? .warning, rule: finding.rule,
        message: Prose(finding.message), place: "\(finding.file):\(finding.line):\(finding.column)\(pointer)",
        remedy: Prose(finding.fix.map { "To mend it: \($0)." } ?? ""))
    }
    let rest = worse.count - items.count
    return [.findings(Block.Findings(id: "findings", Array(items)))]
      + (rest > 0 ? [.prose("\(rest) more: \(code: "ropescope check").")] : [])
  }

  // MARK: Settings

  /// Ready settings for the runtimes that compute the advised numbers, the advice's own first; the others by name.
  private func settings(isBrief: Bool) -> [Block] {
    let all = record.settings ?? []
    let ready = all.filter { $0.supported && $0.text?.isEmpty == false }
    let meant = Set(record.advice?.runtimes.map { String($0.prefix { $0 != "@" }) } ?? [])
    let first = ready.filter { meant.contains($0.runtime) }
    let others = ready.filter { !meant.contains($0.runtime) }
    var blocks = first.map(code)
    if !others.isEmpty {
      let names = Wording.list(others.map(title))
      if isBrief {
        blocks.append(.prose("The same numbers by settings of their own: \(names)."))
      } else {
        blocks.append(
          .details(Block.Details(id: "settings", summary: "The same for \(names)", blocks: others.map(code))))
      }
    }
    let refusing = all.filter { !$0.supported }
    if !refusing.isEmpty {
      let reasons = refusing.map { settings in
        isBrief ? title(settings) : "\(title(settings)) (\(settings.reason ?? "it has no such setting"))"
      }
      blocks.append(.prose("Not to be had in \(Wording.list(reasons))."))
    }
    return blocks
  }

  private func title(_ settings: Suggestion.Settings) -> String {
    let title = RuntimeCatalogue.versions(of: settings.runtime).last?.title ?? settings.runtime
    return "\(title) \(settings.version)"
  }

  private func code(_ settings: Suggestion.Settings) -> Block {
    let what: String
    switch settings.kind {
    case .arguments: what = "options of the command"
    case .configuration: what = "in config.json"
    default: what = "settings"
    }
    let notes = settings.notes.isEmpty ? "" : "; \(settings.notes.joined(separator: "; "))"
    return .code(Block.Code(title: "\(title(settings)), \(what)\(notes)", settings.text ?? ""))
  }
}
