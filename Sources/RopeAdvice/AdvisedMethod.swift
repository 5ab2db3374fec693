import RealModule
import RopeConfig
import RopeMath
import RopeRecords
import RopeText

/// Which method, for how much, and why; chosen before any runtime is asked.
///
/// Within what was trained nothing is scaled. A scaling of the model's own is widened before another replaces it, since
/// the weights were trained under it.
struct AdvisedMethod {
  var action = Advice.Action.method
  var criterion = Advice.Criterion.frozen
  /// Those that may be advised, the preferred first; empty where none is needed or none can be said.
  var candidates: [MethodSpecification] = []
  /// Target over the length that the weights know.
  var factor: Double
  var reasons: [AdviceReason] = []
  /// What speaks for one of the candidates alone, by the identifier of its method.
  var reasonsByMethod: [String: [AdviceReason]] = [:]
  var cautions: [AdviceReason] = []
  var alternatives: [AdviceReason] = []
  var wouldChange: [AdviceReason] = []
  private let lengths: KnownLengths

  /// - Parameters:
  ///   - layer: the reference's reading of the scaled layers.
  ///   - window: the file's window, in tokens.
  ///   - trainTokens: tokens that can be trained on; 0 for frozen weights.
  ///   - safeLength: the longest context in which the file as it stands shows no angle that training did not, in tokens;
  ///     nil where measurements do not bear out that new angles matter.
  init(
    _ layer: RuntimeLayer, _ lengths: KnownLengths, window: Int, target: Int, trainTokens: Double, safeLength: Double?
  ) {
    let geometry = layer.plan.geometry
    let own = layer.specification?.parts.first { $0.id != "mla-mscale" && $0.id != "ministral-temperature" }
    // Dynamic scaling starts at the window: one that was raised keeps it from acting where it is needed.
    let isIdle = own?.id == "dynamic" && lengths.native.map { $0 < window } == true
    let main = isIdle ? nil : own
    self.lengths = lengths
    let trained = lengths.trained(geometry, window: window)
    factor = Double(target) / Double(trained)
    if lengths.lacksScaling, let published = lengths.published, let lost = published.scaling,
      ["linear", "yarn", "llama3"].contains(lost.type)
    {
      restore(lost, over: published.pretrainedLength, target: target)
      return
    }
    if let seen = lengths.largestReach, seen <= trained, target > trained {
      seesNothingNew(seen, trained, window: window, target: target)
      return
    }
    let reach = Self.reach(main, lengths, geometry, window: window)
    guard target > reach.tokens else {
      // A server's window does not lengthen scaling that says its own reach.
      let isWindowOnly = target > window && !reach.isSaidByScaling
      action = isWindowOnly ? .window : .unchanged
      criterion = .trained
      reasons = [within(reach.tokens, main, target, isWindowOnly ? window : nil)]
      return
    }
    if let main {
      if let safeLength, safeLength >= Double(target) {
        meetsKnownAngles(safeLength, reach: reach.tokens, target: target, window: window)
        return
      }
      // Dynamic scaling acts beyond the trained length only, so nothing was trained under it.
      extend(layer, main, reach: reach.tokens, known: main.id == "dynamic" ? trained : reach.tokens, target: target)
      return
    }
    reasons = [
      AdviceReason(
        """
        the smallest factor that covers the target is \(count: target) / \(count: trained) = \
        \(factor.formattedShortest); static scaling acts on short texts as well, so a larger one only costs
        """,
        .qwenCards)
    ]
    if trainTokens >= AdviceThresholds.trainedBudget, geometry.rotaryDimension > 2 {
      raiseBase(geometry)
    } else {
      interpolate(trained, trainTokens)
    }
  }

  /// The scaling that the model ships with, widened where that does not reach.
  private mutating func restore(_ lost: PublishedScaling, over original: Int, target: Int) {
    factor = lost.factor * max(1, Double(target) / Double(lengths.native ?? target))
    var given = ["factor": ParameterValue.number(factor)]
    if lost.type != "linear" { given["original_max_position_embeddings"] = .number(Double(original)) }
    candidates = [MethodSpecification(lost.type, given)]
    criterion = .ownScaling
    reasons = [
      AdviceReason(
        """
        \(lengths.name ?? "this model") was trained with \(lost.type) scaling by \(lost.factor.formattedShortest) over \
        \(original) tokens, which the file lacks
        """)
    ]
  }

  /// The length that the file is made for, and whether its scaling alone says it.
  private static func reach(
    _ main: MethodSpecification.Part?, _ lengths: KnownLengths, _ geometry: RotaryGeometry, window: Int
  ) -> (tokens: Int, isSaidByScaling: Bool) {
    guard let main else { return (lengths.reach(window: window) ?? max(window, geometry.trainedLength), false) }
    if lengths.ships(main), let reach = lengths.reach(window: window) { return (reach, false) }
    // A larger factor than the shipped one reaches as much further.
    if let shipped = lengths.published?.scaling, shipped.type == main.id, shipped.factor > 0,
      let native = lengths.native, let factor = main.given["factor"]?.number, factor > shipped.factor,
      let tokens = Int(exactly: (Double(native) * factor / shipped.factor).rounded(.down))
    {
      return (tokens, true)
    }
    switch main.id {
    case "yarn", "linear", "dynamic":
      let trained = main.id == "linear" ? lengths.trained(geometry, window: window) : geometry.trainedLength
      let factor = main.given["factor"]?.number ?? 1
      let product = factor * Double(trained)
      let scaled = product < Double(RotaryGeometry.largestLength) ? Int(product) : RotaryGeometry.largestLength
      guard main.id == "linear", let native = lengths.native, window > native else {
        return (max(window, scaled), scaled > window)
      }
      // Interpolated positions reach no further than the window that was raised with them, nor than the factor.
      let stretched = factor * Double(native)
      return (stretched < Double(window) ? max(native, Int(stretched)) : window, false)
    default: return (lengths.reach(window: window) ?? window, false)
    }
  }

  /// Rotation acts over the distances of a sliding window only, all of which were trained.
  private mutating func seesNothingNew(_ seen: Int, _ trained: Int, window: Int, target: Int) {
    action = target > window ? .window : .unchanged
    criterion = .reach
    reasons = [
      AdviceReason(
        """
        every layer that rotates sees \(count: seen) tokens back at most, fewer than the \(count: trained) that were trained: no \
        angle is new at \(count: target) tokens, and scaling would only change those that are known
        """)
    ]
    cautions = [
      AdviceReason(
        "what lies further back than \(count: seen) tokens reaches later layers only through the layers between"),
      AdviceReason(
        "a runtime that does not apply the window of \(count: seen) tokens meets angles beyond \(count: trained) all the same"
      ),
    ]
  }

  /// An earlier stage of training showed every angle that the scaled positions come to.
  private mutating func meetsKnownAngles(_ safeLength: Double, reach: Int, target: Int, window: Int) {
    action = target > window ? .window : .unchanged
    criterion = .trained
    reasons = [
      AdviceReason(
        """
        the stages of training together showed every angle that the file's own scaling comes to within \(count: target) tokens: \
        no frequency has to change
        """, value: safeLength)
    ]
    cautions = [
      AdviceReason(
        "beyond \(count: reach) tokens these weights are used untrained: measure before relying on it",
        value: Double(reach))
    ]
  }

  private func within(_ reach: Int, _ main: MethodSpecification.Part?, _ target: Int, _ window: Int?) -> AdviceReason {
    let known: Message =
      if lengths.native.map({ $0 >= target }) == true { "what \(lengths.name ?? "this model") was trained to" } else {
        main.map { "what the file's own \($0.id) scaling reaches" } ?? "the file's own window"
      }
    guard let window else {
      return AdviceReason(
        """
        \(count: target) tokens lie within \(known), \(count: reach); every scaling costs precision at short lengths, so nothing is \
        changed
        """)
    }
    return AdviceReason(
      """
      \(count: target) tokens lie within \(known), \(count: reach); every scaling costs precision at short lengths, so only the window \
      of \(count: window) has to be raised
      """)
  }

  // MARK: Files with a scaling of their own

  private mutating func extend(
    _ layer: RuntimeLayer, _ main: MethodSpecification.Part, reach: Int, known: Int, target: Int
  ) {
    guard ["yarn", "linear", "llama3", "dynamic"].contains(main.id), let own = main.given["factor"]?.number else {
      action = .none
      reasons = [
        AdviceReason(
          """
          the file's own \(main.id) scaling ends at \(count: reach) tokens and cannot be stretched by a number; its \
          authors' procedure would have to be repeated for \(count: target)
          """
        )
      ]
      return
    }
    factor = own * Double(target) / Double(reach)
    // A length that was never trained, or the window in its place, is no length to count from.
    let written = main.id == "yarn" ? main.given["original_max_position_embeddings"]?.number : nil
    let original = written.map { min($0, lengths.native.map(Double.init) ?? $0) }
    if let original { factor = Double(target) / original }
    var specification = layer.specification
    for index in specification?.parts.indices ?? 0..<0 {
      let part = specification?.parts[index]
      guard part?.id == main.id || part?.id == "mla-mscale" else { continue }
      specification?.parts[index].given["factor"] = .number(factor)
      if let original, original != written {
        specification?.parts[index].given["original_max_position_embeddings"] = .number(original)
      }
      // A temperature that is YaRN's own follows the factor.
      if main.id == "yarn", let given = part?.given["attention_factor"]?.number,
        abs(given - YaRNTemperature.magnitude(scale: own)) < 1e-6
      {
        specification?.parts[index].given["attention_factor"] = nil
      }
    }
    candidates = [specification].compactMap { $0 }
    criterion = .ownScaling
    reasons = [
      AdviceReason(
        main.id == "dynamic"
          ? """
          the file's own dynamic scaling leaves texts of up to \(count: known) tokens as they were trained; it is stretched from \
          factor \(own.formattedShortest) to \(factor.formattedShortest)
          """
          : """
          the weights were trained under the file's own \(main.id) scaling; another kind would change frequencies \
          that they know, so the same one is stretched from factor \(own.formattedShortest) to \
          \(factor.formattedShortest)
          """
      )
    ]
    cautions = [
      AdviceReason(
        "beyond \(count: known) tokens these weights are used untrained: measure before relying on it",
        value: Double(known))
    ]
    if main.id == "dynamic" {
      cautions.append(
        AdviceReason(
          "keys that are cached before the context outgrows the window keep other frequencies: one text gives different logits in one pass and in steps"
        ))
    }
    if main.id == "linear", lengths.published?.scaling == nil {
      cautions.append(AdviceReason("nothing but the file says that the weights were trained under its linear scaling"))
    }
  }
}
