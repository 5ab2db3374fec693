import RopeMath

/// The tables of a model's layers under one method, and attention made from them.
struct PlanTableSet<Scalar: ForwardScalar> {
  private let tables: [RotaryPlan: PlanTables<Scalar>]
  private let plans: [RotaryPlan]
  /// By layer, the factor of the rotation that a norm after it takes away.
  let factorsBeforeNorm: [Double]

  /// - Throws: `InferenceError.kernel` where a plan is not one for the model's heads.
  init(_ plans: LayerPlans, tokens: Int, options: RunOptions, _ decoder: Decoder) throws(InferenceError) {
    let reading = options.readingPlans
    guard reading?.count ?? tokens >= tokens else {
      throw .option("\(reading?.count ?? 0) reading plans are too few for \(tokens) tokens")
    }
    var tables: [RotaryPlan: PlanTables<Scalar>] = [:]
    var own: [RotaryPlan] = []
    var factors: [Double] = []
    for (index, layer) in decoder.layers.enumerated() {
      let attention = layer.attention
      let rotated = attention.rotation.map { plans.plan(of: $0) } ?? plans.full
      try Self.check(rotated, attention)
      let plan = try Self.plan(plans, index, attention)
      own.append(plan)
      factors.append(
        attention.headNorm?.isAfterRotation == true && attention.rotation != nil ? rotated.attentionFactor : 1)
      if let reading, attention.headNorm?.isAfterRotation == true,
        reading.contains(where: { $0.full.attentionFactor != plans.full.attentionFactor })
      {
        throw .option("a stale cache of a model that norms after rotation must keep one attention factor")
      }
      guard tables[plan] == nil else { continue }
      var earlier: [RotaryPlan]?
      if let reading {
        earlier = []
        var last: (plans: LayerPlans, plan: RotaryPlan)?
        for token in 0..<tokens {
          if last?.plans != reading[token] { last = (reading[token], try Self.plan(reading[token], index, attention)) }
          if let last { earlier?.append(last.plan) }
        }
      }
      tables[plan] = PlanTables(plan, tokens: tokens, frequenciesAt: earlier.map { plans in { plans[$0] } })
    }
    self.plans = own
    self.tables = tables
    factorsBeforeNorm = factors
    if reading != nil, Scalar.self != Float.self || options.kernel == .reference {
      throw .option("a stale cache is computed by the fast kernel in float32 only")
    }
  }

  private static func check(_ plan: RotaryPlan, _ attention: AttentionDescription) throws(InferenceError) {
    let pairs = plan.geometry.pairCount, planned = plan.geometry.scoreDimension
    let head = attention.latent.map { $0.plain + $0.rotated } ?? attention.headDimension
    guard attention.rotation == nil || planned == head else {
      throw .kernel(.mismatch("the model's heads have \(head) features, the plan is for \(planned)"))
    }
    guard plan.inverseFrequencies.count == pairs || plan.inverseFrequencies.count <= head / 2,
      plan.decayRates?.count ?? plan.inverseFrequencies.count == plan.inverseFrequencies.count, !plan.bands.isEmpty
    else {
      throw .kernel(.plan("the plan's frequencies, decay or bands are not those of \(pairs) pairs"))
    }
    guard plan.fits(heads: attention.heads) else {
      throw .kernel(
        .plan("the plan has numbers for each of another count of heads than the model's \(attention.heads)"))
    }
  }

  /// A layer's plan: that of its type, for the heads that the kernel has. A layer without rotation keeps what the method
  /// hides, and nothing else of it.
  private static func plan(
    _ plans: LayerPlans, _ index: Int, _ attention: AttentionDescription
  ) throws(InferenceError) -> RotaryPlan {
    var plan = (attention.rotation.map { plans.plan(of: $0) } ?? plans.full).onLayer(index)
    if attention.headNorm?.isAfterRotation == true { plan.attentionFactor = 1 }
    let size = attention.headDimension, geometry = plan.geometry
    do throws(GeometryError) {
      if attention.rotation == nil {
        var plain = try RotaryPlan(
          geometry: RotaryGeometry(headDimension: size, trainedLength: geometry.trainedLength), length: plan.length)
        plain.inverseFrequencies = plain.inverseFrequencies.map { _ in 0 }
        plain.visibility = plan.visibility
        plain.normalisation = plan.normalisation
        plain.sink = plan.sink
        plain.queryScale = attention.temperature
        return plain
      }
      guard geometry.headDimension != size else { return plan }
      plan.geometry = try RotaryGeometry(
        headDimension: size, rotaryDimension: geometry.rotaryDimension, base: geometry.base, pairing: geometry.pairing,
        trainedLength: geometry.trainedLength, exponentDimension: geometry.exponentDimension)
    } catch {
      throw .unsupported(error.description)
    }
    return plan
  }

  /// Layers of one plan share their tables, and of one shape their attention.
  func plan(layer: Int) -> RotaryPlan { plans[layer] }

  func attention(_ shape: AttentionShape, _ plan: RotaryPlan, _ kernel: RunOptions.Kernel) -> any LayerAttention<Scalar>
  {
    let fast = kernel == .fast ? tables[plan].flatMap { Scalar.fastAttention(shape, tables: $0) } : nil
    return fast ?? PlainAttention(shape, plan: plan)
  }
}
