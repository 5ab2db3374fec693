import RopeMath

/// What training showed a model, and how often: its stages, each a plan at its own length with a weight.
///
/// A sequence of L tokens holds the distance Δ in L − Δ of its tokens, so the share of all training tokens that saw a key
/// Δ tokens back is `n(Δ) = Σ_s w_s · max(0, 1 − Δ/L_s) / Σ_s w_s`, with w_s the share of tokens read in stage s: 1 at
/// Δ = 0, falling, 0 from the longest stage on. A stage that skips positions (PoSE) shows near distances less often and
/// far ones a little. Sequences are taken as one document each; packed documents that do not see one another show fewer
/// far distances.
public struct TrainedDistances: Sendable, Hashable {
  public struct Stage: Sendable, Hashable {
    /// The model as it was in this stage, at the stage's length.
    public let plan: RotaryPlan
    /// Share of the training tokens, in any unit; above 0.
    public let weight: Double
    /// Tokens of a sequence where they are fewer than the plan's positions (PoSE): the first 1 … window/2 stay, the others
    /// move on by 0 … length − window, all equally likely; nil for sequences that run through.
    public let window: Int?

    public init(_ plan: RotaryPlan, weight: Double = 1, window: Int? = nil) {
      self.plan = plan
      self.weight = weight
      self.window = window.flatMap { $0 >= 2 && $0 < plan.length ? $0 : nil }
    }

    /// Positions that the stage's sequences are spread over, in tokens.
    public var length: Int { plan.length }

    /// Share of the stage's tokens that saw a key `distance` tokens back; for skipping stages to 0.002.
    public func share(seeing distance: Double) -> Double {
      let distance = max(0, distance)
      guard let window else { return max(0, 1 - distance / Double(length)) }
      let whole = Double(window), skip = Double(length - window), steps = 64
      var sum = 0.0
      for step in 0..<steps {
        let first = (Double(step) + 0.5) / Double(steps) * whole / 2
        // Keys of the first part, seen from the second, lie at every distance of a trapezoid that the skip moves along.
        let across = (Self.area(distance, first, whole) - Self.area(distance - skip, first, whole)) / skip
        sum += max(0, first - distance) + max(0, whole - first - distance) + across
      }
      return sum / Double(steps) / whole
    }

    /// `∫_0^x` of the trapezoid over 0 … whole that rises and falls over `side` to the height `side`.
    private static func area(_ x: Double, _ side: Double, _ whole: Double) -> Double {
      let x = min(max(x, 0), whole), rise = min(x, side), fall = max(0, x - (whole - side))
      return rise * rise / 2 + side * max(0, min(x, whole - side) - side) + side * fall - fall * fall / 2
    }
  }

  /// In the order of training; at least one.
  public let stages: [Stage]
  /// Whether the weights are known. Where they are not, every stage counts alike and how often a distance was seen is a
  /// guess; whether it was seen at all is not.
  public let hasKnownWeights: Bool

  /// A plan that was trained at its own length, after earlier ones; no weights are known of these.
  public init(_ baseline: RotaryPlan, earlier: [RotaryPlan] = []) {
    stages = earlier.map { Stage($0) } + [Stage(baseline)]
    hasKnownWeights = earlier.isEmpty
  }

  /// Stages with their weights; those that do not weigh anything are left out. Nil where none is left.
  public init?(stages: [Stage], hasKnownWeights: Bool = true) {
    let kept = stages.filter { $0.weight > 0 && $0.weight.isFinite }
    guard !kept.isEmpty else { return nil }
    self.stages = kept
    self.hasKnownWeights = hasKnownWeights
  }

  /// Stages as told: those no longer than the geometry's trained length were plain rotation, longer ones the model's own
  /// plan.
  ///
  /// - Parameters:
  ///   - told: in the order of training.
  ///   - geometry: the model's own, with its length before any scaling.
  ///   - planAt: the model's own plan at a length.
  /// - Throws: what `planAt` does.
  public init?(
    _ told: [TrainedStage], geometry: RotaryGeometry, planAt: (_ length: Int) throws(MethodError) -> RotaryPlan
  ) throws(MethodError) {
    var stages: [Stage] = []
    for stage in told {
      let length = stage.reach ?? stage.length
      let plain = length <= geometry.trainedLength ? try? RotaryPlan(geometry: geometry, length: length) : nil
      let plan: RotaryPlan
      if let plain { plan = plain } else { plan = try planAt(length) }
      stages.append(Stage(plan, weight: stage.weight, window: stage.reach == nil ? nil : stage.length))
    }
    let weights = Set(told.map(\.weight))
    self.init(stages: stages, hasKnownWeights: told.count == 1 || weights != [1])
  }

  /// Tokens of the longest stage: distances 0 ..< `longest` were seen.
  public var longest: Int { stages.lazy.map(\.length).max() ?? 0 }

  /// `n(Δ)`: share of all training tokens that saw a key `distance` tokens back, 0 … 1.
  public func share(seeing distance: Double) -> Double {
    let total = stages.reduce(0) { $0 + $1.weight }
    return stages.reduce(0) { $0 + $1.weight * $1.share(seeing: distance) } / total
  }

  /// Share of all training tokens that saw pair `pair` turned by `angle` radians, not reduced to one turn; each stage by
  /// its own frequencies. For a pair that does not rotate in a stage only the angle 0 was seen.
  public func share(seeing angle: Double, pair: Int) -> Double {
    let total = stages.reduce(0) { $0 + $1.weight }
    return stages.reduce(0) { sum, stage in
      guard stage.plan.inverseFrequencies.indices.contains(pair) else { return sum }
      let frequency = stage.plan.inverseFrequencies[pair]
      guard frequency > 0 else { return angle == 0 ? sum + stage.weight : sum }
      return sum + stage.weight * stage.share(seeing: angle / frequency)
    } / total
  }

  /// Largest angle that any stage showed of a pair, `max_s L_s·θ_s,i`, radians, not reduced to one turn; 0 for a pair that
  /// none has.
  public func largestAngle(pair: Int) -> Double {
    stages.lazy.compactMap { stage in
      stage.plan.inverseFrequencies.indices.contains(pair)
        ? Double(stage.length) * stage.plan.inverseFrequencies[pair] : nil
    }.max() ?? 0
  }
}
