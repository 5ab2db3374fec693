import Foundation
import RopeMath
import RopeText

enum DynamicKVCache: Rule {
  static let card = RuleCard(
    "dynamic-kv-cache", .warning, "Dynamic scaling with cached keys beyond the window",
    why: "Cached keys keep the base of the moment they were made; results depend on how the context was reached.",
    fix: "Use a static method, or a runtime that caches keys before rotation.",
    references: [
      "huggingface/transformers#25104", "huggingface/transformers#24653", "huggingface/transformers#27227",
      "awslabs/keys_values#12",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}
        """, facts: Facts(targetLength: 8192))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        2.0}}
        """, facts: Facts(targetLength: 4096))
    ])

  static let needs: [RuleNeed] = [.target, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "dynamic", let factor = scaling.factor, factor > 1,
      let window = subject.window,
      let target = subject.target, target > window,
      subject.meantPlans.contains(where: { if case .drifts = $0.cachedKeys { true } else { false } })
    else { return [] }
    let growth = factor * Double(target) / Double(window) - (factor - 1)
    var shift: Message = ""
    if let geometry = subject.geometry {
      let base = geometry.base * pow(growth, Double(geometry.rotaryDimension) / Double(geometry.rotaryDimension - 2))
      shift = " (base \(Phrase.tokens(geometry.base)) for the first keys, \(Phrase.tokens(base.rounded())) at the end)"
    }
    return [
      subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        generation from \(Phrase.tokens(window)) to \(Phrase.tokens(target)) tokens grows the slow pairs' wavelengths \
        \(Phrase.ratio(growth)) × while cached keys keep the old ones\(shift): one context gives different logits in \
        one pass and in steps. Use yarn or a fixed base for cached generation
        """)
    ]
  }
}
