import RopeJSON
import RopeText

/// The steps of a `pre_tokenizer`.
extension TokenizerSettings {
  static func prefix(_ part: JSONNode) throws(TokenizerError) -> PieceModel.Prefix {
    guard part["replacement"]?.text ?? "▁" == "▁" else {
      throw .unsupported("a Metaspace mark other than “▁” is not read")
    }
    switch part["prepend_scheme"]?.text ?? (part["add_prefix_space"]?.flag ?? true ? "always" : "never") {
    case "first": return .first
    case "always": return .afterSpecialTokens
    default: return .never
    }
  }

  static func unread(_ type: String?) -> TokenizerError {
    .unsupported("the pre-tokenizer “\((type ?? "without a type").excerpt(40))” is not read")
  }

  static func splitStep(_ part: JSONNode) throws(TokenizerError) -> SplitStep {
    switch part.type {
    case "Digits": return .numbers(longest: part["individual_digits"]?.flag == true ? 1 : .max)
    case "Punctuation" where part["behavior"]?.text == "Contiguous": return .run(RunPattern(.signs))
    case "Split": break
    case let other: throw unread(other)
    }
    let pattern = part["pattern"]?["Regex"]?.text ?? ""
    let behaviour = part["behavior"]?.text ?? ""
    // “Removed” with “invert” keeps the matches, which cover everything: the same as isolating them.
    let isolates = behaviour == "Isolated" || behaviour == "Removed" && part["invert"]?.flag == true
    guard isolates, let step = PreTokenizer.step(pattern: pattern) else {
      throw .unsupported(
        "the pre-tokenizer's pattern “\(pattern.excerpt(120))” (\(behaviour.excerpt(20))) is not known")
    }
    return step
  }
}
