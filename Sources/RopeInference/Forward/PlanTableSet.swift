import RopeMath

/// The tables of a model's layer types under one method, and attention made from them.
struct PlanTableSet<Scalar: ForwardScalar> {
  private let full: PlanTables<Scalar>
  private let sliding: PlanTables<Scalar>

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
    }
    let reading = options.readingPlans
    guard reading?.count ?? tokens >= tokens else {
      throw .option("\(reading?.count ?? 0) reading plans are too few for \(tokens) tokens")
    }
    full = PlanTables(plans.full, tokens: tokens, frequenciesAt: reading.map { reading in { reading[$0].full } })
    sliding = plans.sliding.map { plan in
      PlanTables(plan, tokens: tokens, frequenciesAt: reading.map { reading in { reading[$0].sliding ?? plan } })
    } ?? full
    let isStale = reading != nil
    if isStale, Scalar.self != Float.self || options.kernel == .reference {
      throw .option("a stale cache is computed by the fast kernel in float32 only")
    }
  }

  func attention(
    _ shape: AttentionShape, isSliding: Bool, _ kernel: RunOptions.Kernel
  ) -> any LayerAttention<Scalar> {
    let tables = isSliding ? sliding : full
    let fast = kernel == .fast ? Scalar.fastAttention(shape, tables: tables) : nil
    return fast ?? PlainAttention(shape, plan: tables.plan)
  }
}
