import Foundation
import RopeText

enum ThetaMissing: Rule {
  static let card = RuleCard(
    "theta-missing", .error, "No rope_theta although the family's is not 10000",
    why: "The class default is a base 50 or 100 × too small, with no message.",
    fix: "Write the family's rope_theta.",
    references: [
      "Open-Athena/MarinFold#184", "vllm-project/vllm#854", "google-deepmind/penzai#102", "mlc-ai/mlc-llm#890",
      "casper-hansen/AutoAWQ#270",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 8192}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 32000, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 4096}
        """)
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, known.base != 10_000, subject.thetaPlace == nil, subject.hasDimensions,
      subject.isKnownForSure,
      // What an override leaves out is told at the override.
      subject.effective == nil || subject.fileTheta == nil,
      // Some classes have the right default.
      let taken = subject.reading?.layerTypes.first?.geometry.base, abs(taken / known.base - 1) > 0.01
    else { return [] }
    let shift: Message =
      subject.headDimension.map { head in
        let ratio = Phrase.ratio(pow(known.base / taken, 1 - 2 / Double(head)))
        return "; the slowest pair turns \(ratio) × too fast"
      } ?? ""
    let apart = Phrase.ratio(known.base / taken)
    return [
      subject.finding(
        card, at: subject.declaration.text,
        subject.isGGUF
          ? """
          no rope.freq_base: llama.cpp takes \(Phrase.tokens(taken)), \(known.name) was trained with \
          \(Phrase.tokens(known.base)), \(apart) × as much\(shift). Start it with --rope-freq-base \
          \(Phrase.whole(known.base)), or convert the model again
          """
          : """
          no rope_theta: the class takes \(Phrase.tokens(taken)), \(known.name) was trained with \
          \(Phrase.tokens(known.base)), \(apart) × as much\(shift). Write \"rope_theta\": \(Phrase.json(known.base))
          """,
        fix: Fix(
          "add rope_theta", safe: false,
          edits: subject.insert("rope_theta", Phrase.json(known.base), into: subject.declaration.text)))
    ]
  }
}
