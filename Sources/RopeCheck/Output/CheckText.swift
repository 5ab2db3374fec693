import RopeConfig
import RopeMath
import RopeText

/// A report for people.
public enum CheckText {
  /// Findings with the source line and a caret, then one line of summary. What is said in the same words of several
  /// places is said once, with the other places below it.
  ///
  /// - Parameter site: where rules have their pages, for a terminal that follows links (OSC 8); nil for no links.
  public static func text(
    _ report: CheckReport, colour: Bool = false, site: DocumentationSite? = nil, in language: Language = .english
  ) -> String {
    text(report, colour: colour, site: site, in: language, .plain)
  }

  /// The same in the columns of a terminal.
  package static func text(
    _ report: CheckReport, colour: Bool = false, site: DocumentationSite? = nil, in language: Language,
    _ layout: TextLayout
  ) -> String {
    let isPainted = colour
    var blocks = report.files.compactMap { file in
      file.error.map { error in
        let words = language("cannot be checked")
        let lines = layout.line(
          "\(place(file.path, error.line, error.column)): \(language("\(words): \(language(foreign: error.message))"))")
        return coloured(lines.joined(separator: "\n"), words, "31;1", isPainted)
      }
    }
    blocks += groups(report).map { block($0, colour, site, language, layout) }
    return (blocks + [layout.line(summary(report, in: language)).joined(separator: "\n")]).joined(separator: "\n\n")
  }

  /// Findings of one rule in the same words, in the order in which they were met.
  private static func groups(_ report: CheckReport) -> [[(path: String, finding: Finding)]] {
    struct Words: Hashable {
      let rule: String, message: Message, severity: Severity
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

  /// One line a finding: `path:line:column: severity: message [rule]`. The severity is the word that editors look for.
  public static func concise(_ report: CheckReport, in language: Language = .english) -> String {
    let lines = report.files.flatMap { file -> [String] in
      let error = file.error.map {
        "\(place(file.path, $0.line, $0.column)): error: \(language("cannot be checked")): \(Escaping.visible(language(foreign: $0.message)))"
      }
      return [error].compactMap { $0 }
        + file.findings.map {
          "\(place(file.path, $0.region.line, $0.region.column)): \($0.severity.rawValue): \(Escaping.visible(language($0.message))) [\($0.rule)]"
        }
    }
    return (lines + [summary(report, in: language)]).joined(separator: "\n")
  }

  /// Findings by rule.
  public static func statistics(_ report: CheckReport, in language: Language = .english) -> String {
    let counts = report.countsByRule
    let width = counts.map { String($0.count).count }.max() ?? 1
    let lines = counts.map { entry in
      let fixable = report.files.flatMap(\.findings).contains { $0.rule == entry.rule && $0.fix != nil } ? " [*]" : ""
      return String(repeating: " ", count: width - String(entry.count).count)
        + "\(entry.count)  \(entry.rule)\(fixable)"
    }
    return (lines + [summary(report, in: language)]).joined(separator: "\n")
  }

  private static func place(_ path: String, _ line: Int?, _ column: Int?) -> String {
    ([Escaping.visible(path)] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }

  /// Places that are named below a finding; more are counted.
  private static let namedPlaces = 4

  private static func block(
    _ group: [(path: String, finding: Finding)], _ colour: Bool, _ site: DocumentationSite?, _ language: Language,
    _ layout: TextLayout
  ) -> String {
    guard let (path, finding) = group.first else { return "" }
    func remark(_ words: Message) -> [String] { layout.line("= " + language(words), indent: "  ") }
    let code = finding.severity == .error ? "31;1" : finding.severity == .warning ? "33;1" : "36;1"
    let severity = language(fixed: finding.severity.rawValue)
    let head = place(path, finding.region.line, finding.region.column) + ":"
    let width = head.columns + severity.columns + finding.rule.columns + 4
    let gap = layout.columns.map { width > $0 } == true ? "\n  " : " "
    var lines = [
      head + gap + paint(severity, code, colour)
        + " [\(link(finding.rule, site?.page(.rule, finding.rule)))]"
    ]
    lines += layout.prose(language(finding.message), indent: "  ", measure: TextLayout.measure + 2)
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
      lines += remark(fix.safe ? "fix: \(fix.title)" : "fix: \(fix.title) (unsafe)")
    }
    if RuleCatalogue.rule(named: finding.rule)?.card.restatesTarget == true, path != "standard input" {
      let model = path == "--command" ? "--command '…'" : Escaping.shellWord(path)
      lines += remark("ropescope suggest \(model) --target LENGTH tells the method and its settings")
    }
    if group.count > 1 {
      let others = group.dropFirst().prefix(namedPlaces).map {
        place($0.path, $0.finding.region.line, $0.finding.region.column)
      }
      let more = group.count - 1 - others.count
      let places = Message.names(others)
      lines += remark(
        more == 0
          ? "also \(places)" : more == 1 ? "also \(places) and 1 more place" : "also \(places) and \(more) more places")
    }
    if let seen = finding.references.first { lines += remark("seen in \(seen)") }
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
