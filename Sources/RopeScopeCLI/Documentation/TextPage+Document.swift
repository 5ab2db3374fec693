import RopeReport
import RopeText

extension TextPage {
  /// The page as a document of the site.
  ///
  /// - Parameters:
  ///   - root: the way to the root of the site.
  ///   - isKnown: whether the site has a page of this kind and id.
  func document(root: String, isKnown: (PageKind, String) -> Bool) -> Document {
    Document(
      metadata: .init(
        title: kind == .command ? id : title, subtitle: kind == .command ? title : "",
        creator: "RopeScope \(RopeScope.version)",
        description: sections.first { $0.form == .prose }?.lines.first ?? title),
      lead: kind == .command ? [] : [.prose(Prose(runs: [.text("\(kind.rawValue.capitalized) "), .code(id)]))],
      sections: sections.map { section in
        RopeReport.Section(
          id: "about-" + Escaping.identifier(section.heading.lowercased()), title: section.heading,
          blocks: section.blocks(root: root, isKnown: isKnown))
      })
  }
}

extension TextPage.Section {
  func blocks(root: String, isKnown: (PageKind, String) -> Bool) -> [Block] {
    switch form {
    case .prose: lines.map { .prose(Prose(linking: $0)) }
    case .formula: lines.map { .formula(.init($0)) }
    case .code: [.code(.init(lines.map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }.joined(separator: "\n")))]
    case .list: [.list(.init(lines.map { item($0.trimmed, root, isKnown) }))]
    }
  }

  /// A line whose first word may name a page.
  private func item(_ line: String, _ root: String, _ isKnown: (PageKind, String) -> Bool) -> Prose {
    guard let kind = names else { return Prose(linking: line) }
    let name = String(line.prefix { $0 != ":" && $0 != "," && $0 != " " })
    let rest = Prose(linking: String(line.dropFirst(name.count)))
    guard isKnown(kind, name) else { return Prose(runs: [.code(name)]) + rest }
    return Prose(runs: [.externalLink(name, address: root + kind.path(name))]) + rest
  }
}

extension Prose {
  /// Text in which web addresses are links, with or without brackets around them.
  init(linking text: String) {
    var runs: [Inline] = []
    var plain = ""
    for (number, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if number > 0 { plain += " " }
      let bare = word.hasPrefix("<") && word.hasSuffix(">") ? word.dropFirst().dropLast() : word
      let address = bare.hasSuffix(",") || bare.hasSuffix(".") ? bare.dropLast() : bare
      guard address.hasPrefix("https://") else {
        plain += word
        continue
      }
      if !plain.isEmpty { runs.append(.text(plain)) }
      plain = String(bare.dropFirst(address.count))
      runs.append(.externalLink(String(address.dropFirst(8)), address: String(address)))
    }
    if !plain.isEmpty { runs.append(.text(plain)) }
    self.init(runs: runs)
  }
}
