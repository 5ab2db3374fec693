import RopeCheck
import RopeFigures
import RopeText

/// `prepare` for the terminal: right or wrong now, what to do, what it does, and the files.
enum PreparationText {
  static func text(_ preparation: Preparation, in layout: TextLayout) -> String {
    var lines = layout.line(verdict(preparation))
    for finding in preparation.findings {
      lines += layout.prose("- \(finding.severity.rawValue) \(finding.rule): \(finding.text)", indent: "  ")
    }
    lines +=
      [""] + layout.line(Language.english(preparation.advice.headline))
      + AdvicePage.lines(preparation.advice, in: layout)
    let effects = effects(preparation)
    if !effects.isEmpty { lines += ["", "What it does"] + effects.flatMap { layout.line("- " + $0, indent: "  ") } }
    for file in preparation.files where file.kind != "configuration" {
      lines += ["", file.path] + indented(file.text)
    }
    if preparation.files.contains(where: { $0.kind == "configuration" }) {
      lines += [""] + layout.line("config.json changes with it: --write DIR writes the whole file.")
    }
    if !preparation.notes.isEmpty {
      lines += [""] + preparation.notes.flatMap { layout.prose("note: " + $0) }
    }
    return lines.joined(separator: "\n")
  }

  private static func verdict(_ preparation: Preparation) -> String {
    let count = preparation.findings.count
    guard count > 0 else { return "\(preparation.name): nothing is wrong with the file as it stands." }
    return "\(preparation.name): \(count) finding\(count == 1 ? "" : "s") in the file as it stands."
  }

  private static func effects(_ preparation: Preparation) -> [String] {
    let effect = preparation.effect
    var lines: [String] = []
    lines.append(
      effect.phaseSafeLength.map { "phase-safe to \(Wording.tokens($0)) tokens" }
        ?? "no pair meets a new angle at any length")
    if let ratio = effect.middleRatio {
      lines.append(
        "pairs that turned 1 to 32 times in training keep \(Wording.fixed(ratio, decimals: 3)) of their frequency")
    }
    if let factor = effect.logitFactor, let held = effect.holdingFactor {
      lines.append(
        "logits × \(Wording.fixed(factor, decimals: 3)), where × \(Wording.fixed(held, decimals: 3)) would hold the entropy of attention"
      )
    }
    if let bytes = preparation.cacheBytes {
      lines.append("\(Wording.number(bytes / 1_073_741_824)) GiB of key–value cache for one sequence, in bfloat16")
    }
    return lines
  }

  private static func indented(_ text: String) -> [String] {
    (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false).map {
      "  " + Escaping.visible(String($0))
    }
  }
}
