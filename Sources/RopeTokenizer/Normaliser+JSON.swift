import Foundation
import RopeJSON
import RopeText

extension Normaliser {
  /// The `normalizer` of a `tokenizer.json`.
  ///
  /// - Throws: `TokenizerError.unsupported` for a step that is not read, by its name.
  init(_ settings: JSONNode?) throws(TokenizerError) {
    let parts = settings?.parts("normalizers") ?? []
    guard parts.count <= Self.mostSteps else {
      throw .unsupported("it has \(parts.count) normalisers, expected at most \(Self.mostSteps)")
    }
    for part in parts { steps.append(try Self.step(part)) }
    guard growth <= Self.mostGrowth else {
      throw .unsupported(
        "its normalisers make a text \(growth) times as long, expected at most \(Self.mostGrowth) times")
    }
  }

  static let mostSteps = 64
  /// How many times as long a text may become by replacements.
  private static let mostGrowth = 64.0

  private var growth: Double {
    steps.reduce(1) { growth, step in
      switch step {
      case .prepend(let text): growth + Double(text.count)
      case .replace(let old, let new): growth * max(1, Double(new.count) / Double(old.count))
      case .replaceRuns(let pattern, let new): growth * max(1, Double(new.count) / Double(pattern.least))
      default: growth
      }
    }
  }

  private static func step(_ part: JSONNode) throws(TokenizerError) -> Step {
    switch part.type {
    case "NFC": return .composed
    case "NFD": return .decomposed
    case "NFKC": return .compatiblyComposed
    case "NFKD": return .compatiblyDecomposed
    case "Lowercase": return .lowercase
    case "Strip": return .strip(left: part["strip_left"]?.flag ?? true, right: part["strip_right"]?.flag ?? true)
    case "StripAccents": return .stripAccents
    case "Nmt": return .nmt
    case "Prepend": return .prepend(Array((part["prepend"]?.text ?? "").utf8))
    case "Replace": return try replacement(part)
    case "Precompiled":
      guard let text = part["precompiled_charsmap"]?.text, let data = Data(base64Encoded: text),
        let map = CharacterMap(data)
      else { throw .invalid("its normaliser's “precompiled_charsmap” does not read") }
      return .map(map)
    case "BertNormalizer":
      let lowercases = part["lowercase"]?.flag ?? true
      return .bert(
        cleans: part["clean_text"]?.flag ?? true, spacesChinese: part["handle_chinese_chars"]?.flag ?? true,
        stripsAccents: part["strip_accents"]?.flag ?? lowercases, lowercases: lowercases)
    case let other: throw .unsupported("the normaliser “\((other ?? "without a type").excerpt(40))” is not read")
    }
  }

  private static func replacement(_ part: JSONNode) throws(TokenizerError) -> Step {
    let content = Array((part["content"]?.text ?? "").utf8)
    if let text = part["pattern"]?["String"]?.text, !text.isEmpty { return .replace(Array(text.utf8), with: content) }
    let pattern = part["pattern"]?["Regex"]?.text ?? ""
    guard let run = RunPattern(pattern) else {
      throw .unsupported("the normaliser “Replace” with the pattern “\(pattern.excerpt(60))” is not read")
    }
    return .replaceRuns(run, with: content)
  }
}
