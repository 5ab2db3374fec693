enum Llama3BandOrder: Rule {
  static let card = RuleCard(
    "llama3-band-order", .warning, "high_freq_factor is not above low_freq_factor",
    why: "The smooth band between them is empty or inverted, and runtimes test the two in different orders.",
    fix: "Usual are 1 and 4; equal values are a hard step (Llama-4 Scout ships 1 and 1).",
    references: ["transformers 5.23 modeling_rope_utils.py, _validate_llama3_parameters", "Lightning-AI/litgpt#1982"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": \
        8.0, "low_freq_factor": 4.0, "high_freq_factor": 1.0, "original_max_position_embeddings": 8192}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": \
        8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard scaling.type == "llama3", let low = scaling.number("low_freq_factor"),
        let high = scaling.number("high_freq_factor"), high <= low,
        let place = scaling.dictionary.member("high_freq_factor")
      else { return nil }
      let factor = Phrase.ratio(scaling.factor ?? 8)
      if high == low {
        guard !subject.isBorrowed else { return nil }
        return subject.finding(
          card, at: place,
          """
          low and high are both \(Phrase.ratio(low)): a hard step from undivided to divided by \(factor) at \
          \(Phrase.ratio(low)) turns, without a band between. Keep it only if the model was trained so (Llama-4 Scout \
          was)
          """,
          severity: .note)
      }
      let edits = scaling.dictionary.member("low_freq_factor").map {
        subject.together(
          subject.replace(place, with: Phrase.json(low)), subject.replace($0, with: Phrase.json(high)))
      }
      return subject.finding(
        card, at: place,
        """
        high_freq_factor \(Phrase.ratio(high)) is below low_freq_factor \(Phrase.ratio(low)): pairs of \
        \(Phrase.ratio(high)) to \(Phrase.ratio(low)) turns are divided by \(factor) in transformers and kept in vLLM \
        and SGLang, which test the bands in the other order. Swap them
        """,
        fix: edits.map { Fix("swap the two", safe: false, edits: $0) })
    }
  }
}
