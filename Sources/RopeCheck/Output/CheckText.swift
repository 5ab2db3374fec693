import RopeConfig
import RopeMath
import RopeText

/// A report for people.
public enum CheckText {
  /// Findings with the source line and a caret, then one line of summary. What is said in the same words of several
  /// places is said once, with the other places below it.
  ///
  /// - Parameter site: where rules have their pages, for a terminal that follows links (OSC 8); nil for no links.
  public static func text(_ report: CheckReport, colour: Bool = false, site: DocumentationSite? = nil) -> String {
    text(report, colour: colour, site: site, in: .plain)
  }

  /// The same in the columns of a terminal.
  package static func text(
    _ report: CheckReport, colour: Bool = false, site: DocumentationSite? = nil, in layout: TextLayout
  ) -> String {
    let isPainted = colour
    var blocks = report.files.compactMap { file in
      file.error.map { error in
        let words = "cannot be checked"
        let lines = layout.line("\(place(file.path, error.line, error.column)): \(words): \(error.message)")
        return coloured(lines.joined(separator: "\n"), words, "31;1", isPainted)
      }
    }
    blocks += groups(report).map { block($0, colour, site, layout) }
    return (blocks + [layout.line(summary(report)).joined(separator: "\n")]).joined(separator: "\n\n")
  }

  /// Findings of one rule in the same words, in the order in which they were met.
  private static func groups(_ report: CheckReport) -> [[(path: String, finding: Finding)]] {
    struct Words: Hashable {
      let rule: String, message: String, severity: Severity
    }
    var groups: [[(path: String, finding: Finding)]] = []
    var indices: [Words: Int] = [:]
    for file in report.files {
      for finding in file.findings {
        let words = Words(rule: finding.rule, message: finding.message, severity: finding.severity)
        if let index = indices[words] {
          groups[index].append((file.path, finding))
        } else {
          indices[words] = groups.count
          groups.append([(file.path, finding)])
        }
      }
    }
    return groups
  }

  /// One line a finding: `path:line:column: severity: message [rule]`.
  public static func concise(_ report: CheckReport) -> String {
    let lines = report.files.flatMap { file -> [String] in
      let error = file.error.map {
        "\(place(file.path, $0.line, $0.column)): error: cannot be checked: \(Escaping.visible($0.message))"
      }
      return [error].compactMap { $0 }
        + file.findings.map {
          "\(place(file.path, $0.region.line, $0.region.column)): \($0.severity.rawValue): \(Escaping.visible($0.message)) [\($0.rule)]"
        }
    }
    return (lines + [summary(report)]).joined(separator: "\n")
  }

  /// Findings by rule.
  public static func statistics(_ report: CheckReport) -> String {
    let counts = report.countsByRule
    let width = counts.map { String($0.count).count }.max() ?? 1
    let lines = counts.map { entry in
      let fixable = report.files.flatMap(\.findings).contains { $0.rule == entry.rule && $0.fix != nil } ? " [*]" : ""
      return String(repeating: " ", count: width - String(entry.count).count)
        + "\(entry.count)  \(entry.rule)\(fixable)"
    }
    return (lines + [summary(report)]).joined(separator: "\n")
  }

  public static func summary(_ report: CheckReport) -> String {
    let sum = report.summary
    let files = Phrase.plural(report.files.count, "file")
    var parts: [String] = []
    if sum.errors > 0 { parts.append(Phrase.plural(sum.errors, "error")) }
    if sum.warnings > 0 { parts.append(Phrase.plural(sum.warnings, "warning")) }
    if sum.notes > 0 { parts.append(Phrase.plural(sum.notes, "note")) }
    guard !parts.isEmpty || sum.unreadable == 0 || sum.unreadable < report.files.count else {
      return "Nothing could be checked: \(sum.unreadable == 1 ? "the file" : "none of \(files)") can be read"
    }
    var text =
      parts.isEmpty
      ? "No findings in \(files) (\(RuleCatalogue.all.count) rules)" : "\(parts.joined(separator: ", ")) in \(files)"
    if sum.fixable > 0 { text += "; \(sum.fixable) can be fixed (--fix, --unsafe-fixes, --diff)" }
    if sum.silenced > 0 { text += "; \(sum.silenced) silenced" }
    if sum.unreadable > 0 { text += "; \(Phrase.plural(sum.unreadable, "file")) could not be checked" }
    if !sum.skipped.isEmpty { text += "; \(Phrase.plural(sum.skipped.count, "file")) left out (\(skipped(report)))" }
    return text
  }

  /// What each file was taken for, a line each.
  public static func understood(_ report: CheckReport) -> [String] {
    report.files.compactMap { file in
      guard let understood = file.understood else { return nil }
      var line = "\(file.path): read as \(understood.as)"
      if let model = understood.model { line += " for \(model)" + facts(of: model) }
      if let count = understood.rulesWithFacts, let all = understood.rules {
        line += "; \(count) of \(all) rules had facts"
      }
      return Escaping.visible(line)
    } + report.summary.skipped.map { Escaping.visible("\($0.path): left out: \($0.reason)") }
  }

  /// `(native 32,768, base 1,000,000)` of a published model.
  private static func facts(of model: String) -> String {
    guard let known = PublishedModel.named(model) else { return "" }
    return " (native \(Phrase.tokens(known.nativeLength)), base \(Phrase.tokens(known.base)))"
  }

  /// `2 ignored by .gitignore, 1 nested repository`: how many files were left out, by reason.
  private static func skipped(_ report: CheckReport) -> String {
    var counts: [(reason: String, count: Int)] = []
    for file in report.summary.skipped {
      if let index = counts.firstIndex(where: { $0.reason == file.reason }) {
        counts[index].count += 1
      } else {
        counts.append((file.reason, 1))
      }
    }
    return counts.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
  }

  private static func place(_ path: String, _ line: Int?, _ column: Int?) -> String {
    ([Escaping.visible(path)] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }

  /// Places that are named below a finding; more are counted.
  private static let namedPlaces = 4

  private static func block(
    _ group: [(path: String, finding: Finding)], _ colour: Bool, _ site: DocumentationSite?, _ layout: TextLayout
  ) -> String {
    guard let (path, finding) = group.first else { return "" }
    let code = finding.severity == .error ? "31;1" : finding.severity == .warning ? "33;1" : "36;1"
    let head = place(path, finding.region.line, finding.region.column) + ":"
    let width = head.columns + finding.severity.rawValue.columns + finding.rule.columns + 4
    let gap = layout.columns.map { width > $0 } == true ? "\n  " : " "
    var lines = [
      head + gap + paint(finding.severity.rawValue, code, colour)
        + " [\(link(finding.rule, site?.page(.rule, finding.rule)))]"
    ]
    lines += layout.prose(finding.message, indent: "  ", measure: TextLayout.measure + 2)
    if let excerpt = finding.region.excerpt.map({ shortened($0, finding, layout) }), !excerpt.text.isEmpty {
      let number = String(finding.region.line)
      let gutter = String(repeating: " ", count: number.count)
      lines.append("  \(gutter) |")
      lines.append("  \(number) | \(excerpt.text)")
      lines.append(
        "  \(gutter) | " + String(repeating: " ", count: excerpt.offset)
          + paint(String(repeating: "^", count: excerpt.length), code, colour))
    }
    if let fix = finding.fix {
      lines += layout.line("= fix: \(fix.description)\(fix.safe ? "" : " (unsafe)")", indent: "  ")
    }
    if RuleCatalogue.rule(named: finding.rule)?.card.restatesTarget == true, path != "standard input" {
      lines += layout.line(
        "= ropescope suggest \(Escaping.shellWord(path)) --target LENGTH tells the method and its settings",
        indent: "  ")
    }
    if group.count > 1 {
      let others = group.dropFirst().prefix(namedPlaces).map {
        place($0.path, $0.finding.region.line, $0.finding.region.column)
      }
      let more = group.count - 1 - others.count
      lines += layout.line(
        "= also \(others.joined(separator: ", "))\(more > 0 ? " and \(Phrase.plural(more, "more place"))" : "")",
        indent: "  ")
    }
    if let seen = finding.references.first { lines += layout.line("= seen in \(seen)", indent: "  ") }
    return lines.joined(separator: "\n")
  }

  /// The part of a source line that the terminal has room for, the marked place in it.
  private static func shortened(_ excerpt: SourceExcerpt, _ finding: Finding, _ layout: TextLayout) -> SourceExcerpt {
    guard let columns = layout.columns else { return excerpt }
    let room = max(20, columns - 5 - String(finding.region.line).count)
    guard excerpt.text.columns > room else { return excerpt }
    let skipped = max(0, min(excerpt.offset - room / 3, excerpt.text.count - room))
    var shown = excerpt
    shown.text = String(excerpt.text.dropFirst(skipped).prefix(room))
    shown.offset = excerpt.offset - skipped
    shown.length = max(1, min(excerpt.length, room - shown.offset))
    return shown
  }

  private static func coloured(_ text: String, _ words: String, _ code: String, _ colour: Bool) -> String {
    guard colour, let place = text.range(of: words) else { return text }
    return String(text[..<place.lowerBound]) + paint(words, code, colour) + String(text[place.upperBound...])
  }

  private static func link(_ text: String, _ address: String?) -> String {
    address.map { "\u{1B}]8;;\($0)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\" } ?? text
  }

  private static func paint(_ text: String, _ code: String, _ colour: Bool) -> String {
    colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
