import RopeConfig
import RopeText

/// What is said of a whole report, and of how its files were read.
extension CheckText {
  /// `1 error, 2 notes in 3 files; 1 can be fixed (--fix, --unsafe-fixes, --diff)`.
  public static func summary(_ report: CheckReport, in language: Language = .english) -> String {
    language(summary(of: report))
  }

  static func summary(of report: CheckReport) -> Message {
    let sum = report.summary
    let files = Phrase.files(report.files.count)
    var counts: [Message] = []
    if sum.errors > 0 { counts.append(sum.errors == 1 ? "1 error" : "\(sum.errors) errors") }
    if sum.warnings > 0 { counts.append(sum.warnings == 1 ? "1 warning" : "\(sum.warnings) warnings") }
    if sum.notes > 0 { counts.append(sum.notes == 1 ? "1 note" : "\(sum.notes) notes") }
    guard !counts.isEmpty || sum.unreadable == 0 || sum.unreadable < report.files.count else {
      return sum.unreadable == 1
        ? "Nothing could be checked: the file cannot be read"
        : "Nothing could be checked: none of \(files) can be read"
    }
    var parts: [Message] = [
      counts.isEmpty
        ? "No findings in \(files) (\(RuleCatalogue.all.count) rules)" : "\(Message.names(told: counts)) in \(files)"
    ]
    if sum.fixable > 0 { parts.append("\(sum.fixable) can be fixed (--fix, --unsafe-fixes, --diff)") }
    if sum.silenced > 0 { parts.append("\(sum.silenced) silenced") }
    if sum.unreadable > 0 { parts.append("\(Phrase.files(sum.unreadable)) could not be checked") }
    let lacking = report.files.count { $0.understood?.lacksModel == true }
    if lacking > 0 {
      parts.append("\(Phrase.files(lacking)) with a model that is not at hand, judged by its own words only")
    }
    if !sum.skipped.isEmpty { parts.append("\(Phrase.files(sum.skipped.count)) left out (\(skipped(report)))") }
    return parts.dropFirst().reduce(parts[0]) { "\($0); \($1)" }
  }

  /// What each file was taken for, a line each.
  public static func understood(_ report: CheckReport, in language: Language = .english) -> [String] {
    report.files.compactMap { file in
      guard let understood = file.understood else { return nil }
      var parts: [Message] = [
        understood.model.map { "\(file.path): read as \(understood.told) for \($0)\(facts(of: $0))" }
          ?? "\(file.path): read as \(understood.told)"
      ]
      if let count = understood.rulesWithFacts, let all = understood.rules {
        parts.append("\(count) of \(all) rules had facts")
      }
      return Escaping.visible(language(parts.dropFirst().reduce(parts[0]) { "\($0); \($1)" }))
    }
      + report.summary.skipped.map {
        Escaping.visible(language("\($0.path): left out: \(Message(template: $0.reason))"))
      }
  }

  /// ` (native 32,768, base 1,000,000)` of a published model.
  private static func facts(of model: String) -> Message {
    guard let known = PublishedModel.named(model) else { return "" }
    return " (native \(Phrase.tokens(known.nativeLength)), base \(Phrase.tokens(known.base)))"
  }

  /// `2 ignored by .gitignore, 1 nested repository`: how many files were left out, by reason.
  private static func skipped(_ report: CheckReport) -> Message {
    var counts: [(reason: String, count: Int)] = []
    for file in report.summary.skipped {
      if let index = counts.firstIndex(where: { $0.reason == file.reason }) {
        counts[index].count += 1
      } else {
        counts.append((file.reason, 1))
      }
    }
    // Reasons with an error's words are as many as files.
    let told = counts.prefix(32).map { Message(template: "{1} \($0.reason)", values: [.text(String($0.count))]) }
    let rest: [Message] = counts.count > told.count ? ["…"] : []
    return .names(told: told + rest)
  }
}
