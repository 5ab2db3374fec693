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
    var blocks = report.files.compactMap { file in
      file.error.map { error in
        "\(place(file.path, error.line, error.column)): \(paint("cannot be checked", "31;1", colour)): \(Escaping.visible(error.message))"
      }
    }
    blocks += groups(report).map { block($0, colour, site) }
    return (blocks + [summary(report)]).joined(separator: "\n\n")
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

  private static func block(_ group: [(path: String, finding: Finding)], _ colour: Bool, _ site: DocumentationSite?)
    -> String
  {
    guard let (path, finding) = group.first else { return "" }
    let code = finding.severity == .error ? "31;1" : finding.severity == .warning ? "33;1" : "36;1"
    var lines = [
      "\(place(path, finding.region.line, finding.region.column)): \(paint(finding.severity.rawValue, code, colour)) [\(link(finding.rule, site?.page(.rule, finding.rule)))]"
    ]
    lines += wrapped(Escaping.visible(finding.message), width: 100).map { "  " + $0 }
    if let excerpt = finding.region.excerpt, !excerpt.text.isEmpty {
      let number = String(finding.region.line)
      let gutter = String(repeating: " ", count: number.count)
      lines.append("  \(gutter) |")
      lines.append("  \(number) | \(excerpt.text)")
      lines.append(
        "  \(gutter) | " + String(repeating: " ", count: excerpt.offset)
          + paint(String(repeating: "^", count: excerpt.length), code, colour))
    }
    if let fix = finding.fix {
      lines.append("  = fix: \(Escaping.visible(fix.description))\(fix.safe ? "" : " (unsafe)")")
    }
    if group.count > 1 {
      let others = group.dropFirst().prefix(namedPlaces).map {
        place($0.path, $0.finding.region.line, $0.finding.region.column)
      }
      let more = group.count - 1 - others.count
      lines.append(
        "  = also \(others.joined(separator: ", "))\(more > 0 ? " and \(Phrase.plural(more, "more place"))" : "")")
    }
    if let seen = finding.references.first { lines.append("  = seen in \(seen)") }
    return lines.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return (line.isEmpty ? lines : lines + [line]).map(Escaping.visible)
  }

  private static func link(_ text: String, _ address: String?) -> String {
    address.map { "\u{1B}]8;;\($0)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\" } ?? text
  }

  private static func paint(_ text: String, _ code: String, _ colour: Bool) -> String {
    colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
