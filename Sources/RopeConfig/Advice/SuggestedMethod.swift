import RealModule
import RopeMath

/// Which method, for how much, and why; chosen before any runtime is asked.
///
/// Within what was trained nothing is scaled. A scaling of the model's own is widened before another replaces it, since
/// the weights were trained under it.
struct SuggestedMethod {
  /// What is to be done with the file.
  enum Kind {
    /// Right as it stands.
    case unchanged
    /// Trained longer than its window says.
    case windowOnly
    case method
    /// Nothing that can be said by a number.
    case none
  }

  private(set) var kind = Kind.method
  /// Nil where the model needs none, or none can be said.
  private(set) var method: MethodSpecification?
  /// Target over the length that the weights know.
  private(set) var factor: Double
  private(set) var reasons: [Advice] = []
  private(set) var warnings: [Advice] = []
  private(set) var alternatives: [Advice] = []
  private let lengths: KnownLengths

  /// - Parameters:
  ///   - layer: the reference's reading of the scaled layers.
  ///   - window: the file's window, in tokens.
  ///   - trainTokens: tokens that can be trained on; 0 for frozen weights.
  init(_ layer: RuntimeLayer, _ lengths: KnownLengths, window: Int, target: Int, trainTokens: Double) {
    let geometry = layer.plan.geometry
    let main = layer.specification?.parts.first { $0.id != "mla-mscale" && $0.id != "ministral-temperature" }
    self.lengths = lengths
    let trained = lengths.trained(geometry, window: window)
    factor = Double(target) / Double(trained)
    if let seen = lengths.largestReach, seen <= trained, target > trained {
      seesNothingNew(seen, trained, window: window, target: target)
      return
    }
    let reach = Self.reach(main, lengths, geometry, window: window)
    guard target > reach.tokens else {
      method = layer.specification
      // A server's window does not lengthen scaling that says its own reach.
      let isWindowOnly = target > window && !reach.isSaidByScaling
      kind = isWindowOnly ? .windowOnly : .unchanged
      reasons = [within(reach.tokens, main, target, isWindowOnly ? window : nil)]
      return
    }
    if let main {
      extend(layer, main, reach: reach.tokens, target: target)
      return
    }
    reasons = [
      Advice(
        """
        the smallest factor that covers the target is \(target) / \(trained) = \
        \(factor.formattedShortest); static scaling acts on short texts as well, so a larger one only costs
        """,
        .qwenCards)
    ]
    if trainTokens >= 1e9, geometry.rotaryDimension > 2 {
      raiseBase(geometry)
    } else {
      interpolate(trained, trainTokens)
    }
  }

  /// The length that the file is made for, and whether its scaling alone says it.
  private static func reach(
    _ main: MethodSpecification.Part?, _ lengths: KnownLengths, _ geometry: RotaryGeometry, window: Int
  ) -> (tokens: Int, isSaidByScaling: Bool) {
    guard let main else { return (lengths.reach(window: window) ?? max(window, geometry.trainedLength), false) }
    if lengths.ships(main), let reach = lengths.reach(window: window) { return (reach, false) }
    switch main.id {
    case "yarn", "linear", "dynamic":
      let trained = main.id == "linear" ? lengths.trained(geometry, window: window) : geometry.trainedLength
      let product = (main.given["factor"]?.number ?? 1) * Double(trained)
      let scaled = product < Double(RotaryGeometry.largestLength) ? Int(product) : RotaryGeometry.largestLength
      // Interpolated positions reach no further than the window that was raised with them.
      let isRaised = main.id == "linear" && lengths.native.map { window > $0 } == true
      return isRaised ? (window, false) : (max(window, scaled), scaled > window)
    default: return (lengths.reach(window: window) ?? window, false)
    }
  }

  /// Rotation acts over the distances of a sliding window only, all of which were trained.
  private mutating func seesNothingNew(_ seen: Int, _ trained: Int, window: Int, target: Int) {
    kind = target > window ? .windowOnly : .unchanged
    reasons = [
      Advice(
        """
        every layer that rotates sees \(seen) tokens back at most, fewer than the \(trained) that were trained: no \
        angle is new at \(target) tokens, and scaling would only change those that are known
        """)
    ]
    warnings = [
      Advice("what lies further back than \(seen) tokens reaches later layers only through the layers between"),
      Advice("a runtime that does not apply the window of \(seen) tokens meets angles beyond \(trained) all the same"),
    ]
  }

  private func within(_ reach: Int, _ main: MethodSpecification.Part?, _ target: Int, _ window: Int?) -> Advice {
    let known =
      lengths.native.map { $0 >= target } == true
      ? "what \(lengths.name ?? "this model") was trained to"
      : main == nil ? "the file's own window" : "what the file's own \(main?.id ?? "") scaling reaches"
    let change =
      window.map { "only the window of \($0) has to be raised" } ?? "nothing is changed"
    return Advice(
      """
      \(target) tokens lie within \(known), \(reach); every scaling costs precision at short lengths, so \(change)
      """)
  }

  // MARK: Files with a scaling of their own

  private mutating func extend(_ layer: RuntimeLayer, _ main: MethodSpecification.Part, reach: Int, target: Int) {
    guard ["yarn", "linear", "llama3", "dynamic"].contains(main.id), let own = main.given["factor"]?.number else {
      kind = .none
      reasons = [
        Advice(
          """
          the file's own \(main.id) scaling ends at \(reach) tokens and cannot be stretched by a number; its \
          authors' procedure would have to be repeated for \(target)
          """
        )
      ]
      return
    }
    factor = own * Double(target) / Double(reach)
    if main.id == "yarn", let original = main.given["original_max_position_embeddings"]?.number {
      factor = Double(target) / original
    }
    var specification = layer.specification
    for index in specification?.parts.indices ?? 0..<0 {
      let part = specification?.parts[index]
      guard part?.id == main.id || part?.id == "mla-mscale" else { continue }
      specification?.parts[index].given["factor"] = .number(factor)
      // A temperature that is YaRN's own follows the factor.
      if main.id == "yarn", let given = part?.given["attention_factor"]?.number,
        abs(given - YaRNTemperature.magnitude(scale: own)) < 1e-6
      {
        specification?.parts[index].given["attention_factor"] = nil
      }
    }
    method = specification
    reasons = [
      Advice(
        """
        the weights were trained under the file's own \(main.id) scaling; another kind would change frequencies \
        that they know, so the same one is stretched from factor \(own.formattedShortest) to \
        \(factor.formattedShortest)
        """
      )
    ]
    warnings = [Advice("beyond \(reach) tokens these weights are used untrained: measure before relying on it")]
  }

  // MARK: Plain files

  private mutating func raiseBase(_ geometry: RotaryGeometry) {
    let growth = 4 * factor - 3
    let d = Double(geometry.rotaryDimension)
    let base = geometry.base * .pow(growth, d / (d - 2))
    let rounded = base.rounded()
    method = MethodSpecification("abf", ["rope_theta": .number(rounded)])
    reasons += [
      Advice(
        """
        with a billion tokens and more to train on, a raised base was among the best of ten methods at equal budget \
        (LLaMA-2-7B, 4k to 32k: RULER 59.4 against 57.7 for PI and 37.0 for YaRN, needle 83.7 against 42.1 and 46.7)
        """,
        .controlledStudy),
      Advice(
        """
        the base is b·α^(d/(d−2)) with α = 4·s − 3 = \(growth.formattedShortest), that of the study's NTK-32K run; \
        rounded to a whole number, which Megatron-LM asks for
        """,
        .controlledStudy),
      Advice("every runtime reads rope_theta alike, so that training and serving cannot disagree"),
    ]
    warnings = [Advice("with these frequencies the model must be trained before it is used, at short lengths too")]
    alternatives = [
      Advice("yarn:factor=\(factor.formattedShortest) needs about a thousandth of the pre-training data", .yarnPaper),
      Advice("linear:factor=\(factor.formattedShortest) came close in the same study", .controlledStudy),
    ]
  }

  private mutating func interpolate(_ trained: Int, _ trainTokens: Double) {
    method = MethodSpecification(
      "yarn",
      [
        "factor": .number(factor), "original_max_position_embeddings": .number(Double(trained)),
      ])
    reasons.append(
      trainTokens > 0
        ? Advice(
          """
          YaRN is usable frozen and settles with the least training: 400 steps in the paper; the budget stays below \
          the billion tokens that the alternatives were compared at
          """,
          .yarnPaper)
        : Advice(
          """
          with frozen weights YaRN is what model makers publish: factor 4 over 32,768 tokens for Qwen2.5 without \
          further training
          """,
          .qwenCards))
    reasons.append(
      Advice(
        """
        beta_fast 32, beta_slow 1 and the factor 0.1·ln s + 1 stay at their defaults: runtimes disagree about every \
        other value, and about a ramp that is not rounded
        """
      ))
    reasons.append(
      Advice("original_max_position_embeddings is written out: left out, MLX takes 4096 and transformers the window"))
    if factor > 4, trainTokens == 0 { warnFrozen() }
    if factor > 2, trainTokens == 0 {
      alternatives.append(Advice("with a billion tokens of training a raised base was better for LLaMA-2-7B (base 10⁴, 4k to 32k)", .controlledStudy))
    }
    if factor <= 2, trainTokens == 0 {
      alternatives.append(
        Advice(
          """
          dynamic:factor=2 leaves texts within the trained length untouched, but its cached keys go stale as the \
          text grows and five runtimes compute five different things
          """,
          nil))
    }
  }

  private mutating func warnFrozen() {
    warnings.append(
      Advice(
        """
        a factor of \(factor.formattedShortest) on frozen weights is beyond what is published; at 8 × frozen NTK \
        scaling lost most of its quality (perplexity 14.5 against 5.8 fine-tuned)
        """,
        .controlledStudy))
    alternatives.append(
      Advice(
        """
        self-extend keeps frozen weights within trained distances (perplexity 6.1 at 8 ×), but forgets exact \
        order far away (needle 25.8 and RULER 29.5, against 83.7 and 59.4 for trained NTK) and is in no serving runtime \
        by config
        """,
        .selfExtendPaper))
  }
}
