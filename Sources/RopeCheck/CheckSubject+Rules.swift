import RopeJSON
import RopeText

extension CheckSubject {
  /// What a set of rules finds, each cause once.
  ///
  /// A difference or refusal that a rule explains is not reported by the generic rules as well; rules that are not
  /// selected still explain, so that leaving one out does not bring its cause back under a general name.
  func findings(of rules: [any Rule.Type]) -> [Finding] {
    // Where nothing rotates, that is all there is to say of rotation.
    guard rotates else { return rules.filter { $0.card.id == NoRotation.card.id }.flatMap { $0.check(self) } }
    let selected = withoutConsequences(rules.map { ($0, $0.check(self)) })
    let generic = RuleCatalogue.generic.map { $0.card.id }
    guard selected.contains(where: { generic.contains($0.rule) }) else { return Self.grouped(selected) }
    let names = Set(rules.map { $0.card.id })
    let others = RuleCatalogue.all.filter { !names.contains($0.card.id) }.flatMap { $0.check(self) }
    let explaining = (selected + others).filter { !generic.contains($0.rule) }
    return Self.grouped(selected.filter { !generic.contains($0.rule) || !isExplained($0, by: explaining) })
  }

  /// What is left where rules that speak silence what follows from what they say.
  ///
  /// Rules that are not selected silence as well: leaving a cause out does not bring its consequences back.
  private func withoutConsequences(_ found: [(rule: any Rule.Type, findings: [Finding])]) -> [Finding] {
    let spoken = Set(found.filter { !$0.findings.isEmpty }.map { $0.rule.card.id })
    guard !spoken.isEmpty else { return [] }
    let selected = Dictionary(found.map { ($0.rule.card.id, $0.findings) }) { first, _ in first }
    var silent: Set<String> = []
    for rule in RuleCatalogue.all {
      let consequences = rule.consequences(in: self).map { $0.card.id }.filter(spoken.contains)
      guard !consequences.isEmpty, !(selected[rule.card.id] ?? rule.check(self)).isEmpty else { continue }
      silent.formUnion(consequences)
    }
    return found.flatMap { silent.contains($0.rule.card.id) ? [] : $0.findings }
  }

  /// Findings that say the same of several versions of one runtime as one finding of all of them.
  private static func grouped(_ findings: [Finding]) -> [Finding] {
    // A character that no message holds stands for the version.
    let mark = "\u{1}"
    var groups: [(finding: Finding, versions: [String])] = []
    for finding in findings {
      var general = finding.plain
      var versions: [String] = []
      if let label = finding.causes.first?.runtime, let space = label.lastIndex(of: " ") {
        general.message = finding.message.replacingTexts { $0.replacing(label, with: label[..<space] + " " + mark) }
        versions = [String(label[label.index(after: space)...])]
      }
      if !versions.isEmpty, let index = groups.firstIndex(where: { $0.finding == general }) {
        groups[index].versions += versions
      } else {
        groups.append((general, versions))
      }
    }
    return groups.map { group in
      var finding = group.finding
      let ends = [group.versions.first, group.versions.count > 1 ? group.versions.last : nil].compactMap { $0 }
      finding.message = finding.message.replacingTexts { $0.replacing(mark, with: ends.joined(separator: "–")) }
      return finding
    }
  }

  private func isExplained(_ finding: Finding, by others: [Finding]) -> Bool {
    // What the reference stops at is the file's own fault: one error says it.
    if runtimes.isEmpty {
      // A note on a spelling, mended without loss, explains no stop.
      return others.contains {
        $0.severity == .error
          || ($0.severity > .note || $0.fix?.safe != true && !$0.isOfOtherRuntimes) && $0.stands(near: finding)
      }
    }
    guard let cause = finding.causes.first else { return false }
    let same = others.filter { $0.severity >= .warning }.flatMap(\.causes).filter { $0.runtime == cause.runtime }
    guard let aspects = cause.aspects else {
      // Where the reference stops as well, the fault is the file's.
      return same.contains { $0.aspects == nil }
        || others.contains {
          $0.severity == .error && (cause.isPlaced || referenceLayers == nil) && $0.stands(near: finding)
        }
    }
    return aspects.isSubset(of: same.compactMap(\.aspects).reduce(into: []) { $0.formUnion($1) })
  }
}

extension Finding {
  /// Whether one of the two places holds the other, as a dictionary holds its type; the whole file is no such place.
  fileprivate func stands(near other: Finding) -> Bool {
    guard path == other.path, let here = pointer, let there = other.pointer, !here.isEmpty, !there.isEmpty else {
      return false
    }
    return here == there || here.hasPrefix(there + "/") || there.hasPrefix(here + "/")
  }

  /// Without what only the merging of findings looks at.
  fileprivate var plain: Finding {
    var finding = self
    finding.causes = []
    return finding
  }
}
