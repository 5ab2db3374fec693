import RopeAdvice
import RopeConfig
import RopeFigures
import RopeMath
import RopeRecords
import RopeText

extension ReportDocument {
  /// The first screen: what to do, what `check` finds, how the servers that the advice is for are told.
  func answer(isBrief: Bool = false) -> [Block] {
    let advice = Verdict.answer(record, in: language).map(sentence)
    return [.verdict(Block.Verdict(advice + [checkSentence].compactMap { $0 }))]
      + findings(limit: isBrief ? 3 : 6) + readySettings(isMeant: true).map(code)
  }

  /// What the numbers say, each sentence with its figure.
  var numberSentences: [Prose] {
    let shown = Set(figures.map(\.figure.id))
    return Verdict.numbers(record, in: language).map { sentence in
      let evidence = sentence.figure.flatMap { shown.contains($0) ? $0 : nil }
      let text = Prose(marked: sentence.text)
      return evidence.map { told("\(text) (\(reference: $0))") } ?? text
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
    let counts: [ProseTemplate] = [
      (count(.error), "1 error", "\(count(.error)) errors"),
      (count(.warning), "1 warning", "\(count(.warning)) warnings"), (count(.note), "1 note", "\(count(.note)) notes"),
    ].filter { $0.0 > 0 }.map { $0.0 == 1 ? $0.1 : $0.2 }
    if counts.isEmpty {
      return .init(
        told("\(code: "ropescope check") finds nothing wrong in the configuration as it stands."), tone: .good)
    }
    return .init(
      told("\(code: "ropescope check") finds \(list: counts) in the configuration as it stands."),
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
        message: Prose(language(finding.message)), place: "\(finding.file):\(finding.line):\(finding.column)\(pointer)",
        remedy: Prose(finding.fix.map { language("To mend it: \($0).") } ?? ""))
    }
    let rest = worse.count - items.count
    return [.findings(Block.Findings(id: "findings", Array(items)))]
      + (rest > 0 ? [.prose(told("\(rest) more: \(code: "ropescope check")."))] : [])
  }

  // MARK: Settings

  /// Settings of runtimes that compute the advised numbers: of those that the advice is for, or of the others.
  private func readySettings(isMeant: Bool) -> [SettingsRecord] {
    let meant = Set(record.advice?.runtimes.map { String($0.prefix { $0 != "@" }) } ?? [])
    return (record.settings ?? []).filter {
      $0.supported && $0.text?.isEmpty == false && meant.contains($0.runtime) == isMeant
    }
  }

  /// The runtimes that the advice was not made for: ready settings of those that compute its numbers, the others by name.
  func otherSettings(isBrief: Bool = false) -> [Block] {
    let others = readySettings(isMeant: false)
    var blocks: [Block] = []
    if !others.isEmpty {
      let names = language.list(others.map(title))
      if isBrief {
        blocks.append(.prose(told("The same numbers by settings of their own: \(names).")))
      } else {
        blocks.append(
          .details(Block.Details(id: "settings", summary: language("The same for \(names)"), blocks: others.map(code))))
      }
    }
    let refusing = (record.settings ?? []).filter { !$0.supported }
    if !refusing.isEmpty {
      let reasons = refusing.map { settings -> Message in
        guard !isBrief else { return "\(title(settings))" }
        return settings.reason.map { "\(title(settings)) (\(language(foreign: $0)))" }
          ?? "\(title(settings)) (it has no such setting)"
      }
      blocks.append(.prose(Prose(language("Not available in \(list: reasons)."))))
    }
    return blocks
  }

  private func title(_ settings: SettingsRecord) -> String {
    let title = RuntimeCatalogue.versions(of: settings.runtime).last?.title ?? settings.runtime
    return "\(title) \(settings.version)"
  }

  private func code(_ settings: SettingsRecord) -> Block {
    let title = title(settings)
    let what: Message =
      switch settings.kind.flatMap(RuntimeSettings.Kind.init) {
      case .arguments: "\(title), options of the command"
      case .configuration: "\(title), in config.json"
      default: "\(title), settings"
      }
    let told = ([language(what)] + settings.notes.map { language(foreign: $0) }).reduce("") { text, next in
      text.isEmpty ? next : language("\(text); \(next)")
    }
    return .code(Block.Code(title: told, settings.text ?? ""))
  }
}
