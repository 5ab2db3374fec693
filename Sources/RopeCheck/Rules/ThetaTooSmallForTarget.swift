import Foundation
import RopeMath

enum ThetaTooSmallForTarget: Rule {
  static let card = RuleCard(
    "theta-too-small-for-target", .warning, "The base is too small for the target",
    why: "Even the slowest pair completes a turn within the target; attention cannot tell tokens a turn apart.",
    fix: "Raise theta and train, or interpolate.",
    references: [
      "FlagOpen/FlagEmbedding#849", "NVIDIA/RULER#6", "hiyouga/LlamaFactory#9524", "rasbt/LLMs-from-scratch#419",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
        "rope_theta": 10000.0}
        """, facts: Facts(targetLength: 131_072))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
        "rope_theta": 5000000.0}
        """, facts: Facts(targetLength: 131_072))
    ])

  static let needs: [RuleNeed] = [.target, .reading]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.scaling == nil, subject.hasDimensions, let target = subject.target, let geometry = subject.geometry,
      let slowest = geometry.inverseFrequencies.last, slowest > 0
    else { return [] }
    let wavelength = 2 * .pi / slowest
    // Layers that slide order no tokens beyond their windows.
    let seen = min(target, subject.longestRotatedDistance ?? target)
    guard wavelength < Double(seen) else { return [] }
    let needed = pow(
      Double(target) / (2 * .pi), Double(geometry.rotaryDimension) / Double(geometry.rotaryDimension - 2))
    return [
      subject.finding(
        card, at: subject.thetaPlace ?? subject.windowPlace,
        """
        with theta \(Phrase.tokens(geometry.base)) the slowest of \(geometry.pairCount) pairs turns once in \
        \(Phrase.tokens(wavelength.rounded())) tokens, \(Phrase.ratio(Double(target) / wavelength)) × within the \
        target \(Phrase.tokens(target)): no pair orders tokens further apart. Raise theta to at least \
        \(Phrase.tokens(needed.rounded(.up))) and train, or interpolate
        """,
        severity: Double(target) > (subject.nativeLength ?? Double(subject.window ?? 0)) ? .warning : .note)
    ]
  }
}
