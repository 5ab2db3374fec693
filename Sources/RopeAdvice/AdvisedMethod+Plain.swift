import RealModule
import RopeMath
import RopeRecords

/// Files without a scaling of their own.
extension AdvisedMethod {
  mutating func raiseBase(_ geometry: RotaryGeometry) {
    let growth = 4 * factor - 3
    let d = Double(geometry.rotaryDimension)
    let base = (geometry.base * .pow(growth, d / (d - 2))).rounded()
    criterion = .trainable
    candidates = [MethodSpecification("abf", ["rope_theta": .number(base)])]
    reasons += [
      AdviceReason(
        """
        with a billion tokens and more to train on, a raised base was among the best of ten methods at equal budget \
        (LLaMA-2-7B, 4k to 32k: RULER 59.4 against 57.7 for PI and 37.0 for YaRN, needle 83.7 against 42.1 and 46.7)
        """, value: AdviceThresholds.trainedBudget,
        .controlledStudy),
      AdviceReason(
        """
        the base is b·α^(d/(d−2)) with α = 4·s − 3 = \(growth.formattedShortest), that of the study's NTK-32K run; \
        rounded to a whole number, which Megatron-LM asks for
        """, value: base,
        .controlledStudy),
      AdviceReason("every runtime reads rope_theta alike, so that training and serving cannot disagree"),
    ]
    cautions = [
      AdviceReason("with these frequencies the model must be trained before it is used, at short lengths too")
    ]
    let yarn = "yarn:factor=\(factor.formattedShortest)", linear = "linear:factor=\(factor.formattedShortest)"
    alternatives = [
      AdviceReason("\(yarn) needs about a thousandth of the pre-training data", .yarnPaper, method: yarn),
      AdviceReason("\(linear) came close in the same study", .controlledStudy, method: linear),
    ]
    wouldChange = [
      AdviceReason(
        "weights that stay frozen, or fewer than a billion tokens to train on", value: AdviceThresholds.trainedBudget,
        method: yarn)
    ]
  }

  /// YaRN, with its temperature and without it; Llama-3's ramp where a runtime has no other.
  mutating func interpolate(_ trained: Int, _ trainTokens: Double) {
    let scale: [String: ParameterValue] = [
      "factor": .number(factor), "original_max_position_embeddings": .number(Double(trained)),
    ]
    candidates = [
      MethodSpecification("yarn", scale),
      MethodSpecification("yarn", scale.merging(["attention_factor": .number(1)]) { $1 }),
      MethodSpecification("llama3", scale),
    ]
    reasonsByMethod["yarn"] = [
      trainTokens > 0
        ? AdviceReason(
          """
          YaRN is usable frozen and settles with the least training: 400 steps in the paper; the budget stays below \
          the billion tokens that the alternatives were compared at
          """, value: trainTokens,
          .yarnPaper)
        : AdviceReason(
          """
          with frozen weights YaRN is what model makers publish: factor 4 over 32,768 tokens for Qwen2.5 without \
          further training
          """, value: AdviceThresholds.publishedFrozenFactor,
          .qwenCards),
      AdviceReason(
        """
        beta_fast 32, beta_slow 1 and the factor 0.1·ln s + 1 stay at their defaults: runtimes disagree about every \
        other value, and about a ramp that is not rounded
        """),
      AdviceReason(
        "original_max_position_embeddings is written out: left out, MLX takes 4096 and transformers the window"),
    ]
    wouldChange = [
      AdviceReason(
        "a billion tokens and more to train on (--train-budget 1B): a raised base",
        value: AdviceThresholds.trainedBudget,
        .controlledStudy)
    ]
    guard trainTokens == 0 else { return }
    if factor > AdviceThresholds.publishedFrozenFactor { cautionFrozen() }
    if factor > AdviceThresholds.smallFactor {
      alternatives.append(
        AdviceReason(
          "with a billion tokens of training a raised base was better for LLaMA-2-7B (base 10⁴, 4k to 32k)",
          .controlledStudy))
    } else {
      alternatives.append(
        AdviceReason(
          """
          dynamic:factor=2 leaves texts within the trained length untouched, but its cached keys go stale as the \
          text grows and five runtimes compute five different things
          """, method: "dynamic:factor=2"))
    }
  }

  private mutating func cautionFrozen() {
    cautions.append(
      AdviceReason(
        """
        a factor of \(factor.formattedShortest) on frozen weights is beyond what is published; at 8 × frozen NTK \
        scaling lost most of its quality (perplexity 14.5 against 5.8 fine-tuned)
        """, value: AdviceThresholds.publishedFrozenFactor,
        .controlledStudy))
    alternatives.append(
      AdviceReason(
        """
        self-extend keeps frozen weights within trained distances (perplexity 6.1 at 8 ×), but forgets exact \
        order far away (needle 25.8 and RULER 29.5, against 83.7 and 59.4 for trained NTK) and is in no serving runtime \
        by config
        """,
        .selfExtendPaper, method: "self-extend"))
  }
}
