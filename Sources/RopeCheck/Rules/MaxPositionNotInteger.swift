import RopeMath

enum MaxPositionNotInteger: Rule {
  static let card = RuleCard(
    "max-position-not-integer", .warning, "The window is not written as a whole number",
    why: "Table sizes are computed from it; strict readers refuse 32768.0 or \"32768\".",
    fix: "Write an integer.",
    references: ["LLaMA-Factory src/llamafactory/model/model_utils/rope.py"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 32768.0}
        """), RuleExample(#"{"max_position_embeddings": "32768"}"#),
      RuleExample(#"{"model_type": "llama", "max_position_embeddings": -1}"#),
    ],
    passing: [RuleExample(#"{"max_position_embeddings": 32768}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    ["max_position_embeddings", "original_max_position_embeddings"].compactMap { key in
      guard let place = subject.value(key) else { return nil }
      if key == "max_position_embeddings", case .number(let window, _) = place.node.value,
        !(window >= 1 && window <= Double(RotaryGeometry.largestLength))
      {
        return subject.finding(
          card, at: place,
          "\(key) is \(place.node.told), which is no number of tokens. Write the length that the model was trained to",
          severity: .error)
      }
      let number: Double?
      switch place.node.value {
      case .number(let value, let literal): number = literal.contains(where: { ".eE".contains($0) }) ? value : nil
      case .string(let text): number = Double(text)
      default: return nil
      }
      guard let number, number.isFinite, number >= 1, number < 1e15 else { return nil }
      let whole = Phrase.whole(number.rounded())
      let stops = subject.verdicts.contains { $0.refusal?.pointer == place.pointer }
      return subject.finding(
        card, at: place,
        """
        \(key) is written as \(place.node.told): a table of \(Phrase.tokens(whole)) rows cannot be sized by it in \
        strict readers, which stop at load. Write \(whole)
        """, severity: stops ? .error : .warning,
        fix: Fix(
          "write \(whole)", safe: number == number.rounded(), edits: subject.replace(place, with: String(whole))))
    }
  }
}
