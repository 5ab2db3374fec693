import RopeMath

/// The tables of a model's layer types under one method, and attention made from them.
struct PlanTableSet<Scalar: ForwardScalar> {
  /// What decides a layer's tables.
  struct Key: Hashable {
    let plan: RotaryPlan
    let isSliding: Bool
  }

  private let plans: LayerPlans
  private let tables: [Key: PlanTables<Scalar>]

  /// - Throws: `InferenceError.kernel` where a plan is not one for the model's heads.
  init(
    _ plans: LayerPlans, tokens: Int, options: RunOptions, _ architecture: Architecture
  ) throws(InferenceError) {
    for plan in [plans.full, plans.sliding ?? plans.full] {
      let pairs = plan.geometry.pairCount
      guard plan.geometry.headDimension == architecture.headDimension else {
        let (own, planned) = (architecture.headDimension, plan.geometry.headDimension)
        throw .kernel(.mismatch("the model's heads have \(own) features, the plan is for \(planned)"))
      }
      guard plan.inverseFrequencies.count == pairs, plan.decayRates?.count ?? pairs == pairs, !plan.bands.isEmpty else {
        throw .kernel(.plan("the plan's frequencies, decay or bands are not those of \(pairs) pairs"))
      }
      guard plan.fits(heads: architecture.heads) else {
        throw .kernel(.plan("the plan has numbers for each of another count of heads than the model's \(architecture.heads)"))
      }
    }
    let reading = options.readingPlans
    guard reading?.count ?? tokens >= tokens else {
      throw .option("\(reading?.count ?? 0) reading plans are too few for \(tokens) tokens")
    }
    self.plans = plans
    var tables: [Key: PlanTables<Scalar>] = [:]
    for layer in 0..<architecture.layers {
      let key = Self.key(plans, layer: layer, isSliding: architecture.slidingLayers[layer])
      guard tables[key] == nil else { continue }
      tables[key] = PlanTables(
        key.plan, tokens: tokens,
        frequenciesAt: reading.map { reading in
          { token in
            Self.key(reading[token], layer: layer, isSliding: key.isSliding).plan
          }
        })
    }
    self.tables = tables
    let isStale = reading != nil
    if isStale, Scalar.self != Float.self || options.kernel == .reference {
      throw .option("a stale cache is computed by the fast kernel in float32 only")
    }
  }

  /// Layers of one key share their tables, and of one shape their attention.
  func key(layer: Int, isSliding: Bool) -> Key { Self.key(plans, layer: layer, isSliding: isSliding) }

  private static func key(_ plans: LayerPlans, layer: Int, isSliding: Bool) -> Key {
    let own = isSliding ? plans.sliding : nil
    return Key(plan: (own ?? plans.full).onLayer(layer), isSliding: own != nil)
  }

  func attention(_ shape: AttentionShape, _ key: Key, _ kernel: RunOptions.Kernel) -> any LayerAttention<Scalar> {
    let fast = kernel == .fast ? tables[key].flatMap { Scalar.fastAttention(shape, tables: $0) } : nil
    return fast ?? PlainAttention(shape, plan: key.plan)
  }
}
