import RealModule
import RopeMath

/// Cosines and sines of every position under one plan, for all layers that share it.
///
/// Angles are taken in float64. Position functions that are the same for several bands have one table.
public final class PlanTables<Scalar: ForwardScalar>: @unchecked Sendable {
  public let plan: RotaryPlan
  /// Table of each band's queries and keys.
  let queryTables: [RotationTable<Scalar>]
  let keyTables: [RotationTable<Scalar>]
  /// For each band, which of `keyTables` its keys use.
  let keyTableOfBand: [Int]
  /// Multiplier of the query at a position, the layer's own scale aside; where heads differ, the mean.
  let queryScales: [Double]
  /// `a(Δ)` of the plan's change of logits with distance, by whole distances; nil where there is no such change.
  let multipliers: [Float]?

  /// - Parameters:
  ///   - tokens: positions 0 ..< tokens are prepared.
  ///   - frequenciesAt: the plan whose frequencies and factor a token at a position is rotated under, where that is not
  ///     `plan` for all of them; position functions are `plan`'s in any case.
  init(_ plan: RotaryPlan, tokens: Int, frequenciesAt: ((Int) -> RotaryPlan)? = nil) {
    self.plan = plan
    let sources = frequenciesAt.map { (0..<tokens).map($0) }
    var keyFunctions: [PositionFunction] = []
    var keyTableOfBand: [Int] = []
    for band in plan.bands {
      if let known = keyFunctions.firstIndex(of: band.key) {
        keyTableOfBand.append(known)
      } else {
        keyTableOfBand.append(keyFunctions.count)
        keyFunctions.append(band.key)
      }
    }
    self.keyTableOfBand = keyTableOfBand
    queryTables = plan.bands.map { RotationTable($0.query, plan, sources, tokens: tokens, isQuery: true) }
    keyTables = keyFunctions.map { RotationTable($0, plan, sources, tokens: tokens, isQuery: false) }
    queryScales = (0..<tokens).map { plan.queryScale.value(at: $0) * plan.softmaxScaleFactor }
    multipliers = plan.logitByDistance.map { change in (0..<tokens).map { Float(change.multiplier(at: $0)) } }
  }

  /// Multiplier of the query of one head at a position.
  func queryScale(at token: Int, head: Int) -> Double {
    plan.queryScale.isUniform
      ? queryScales[token] : plan.queryScale.value(at: token, head: head) * plan.softmaxScaleFactor
  }

  /// `m(Δ)` of one head by whole distances; nil where the plan has no change of logits with distance.
  func biases(head: Int, of heads: Int) -> [Float]? {
    guard let change = plan.logitByDistance else { return nil }
    return queryScales.indices.map { Float(change.bias(at: $0, head: head, of: heads)) }
  }
}

/// `a·cos` and `a·sin` of one position function: `[token][pair]`.
struct RotationTable<Scalar: ForwardScalar>: Sendable {
  let pairs: Int
  let cosines: Buffer<Scalar>
  let sines: Buffer<Scalar>

  init(_ function: PositionFunction, _ plan: RotaryPlan, _ sources: [RotaryPlan]?, tokens: Int, isQuery: Bool) {
    pairs = plan.inverseFrequencies.count
    cosines = Buffer(tokens * pairs)
    sines = Buffer(tokens * pairs)
    // Where logits decay, query and key share the exponent around a centre that keeps both in range.
    let centre = Double(tokens) / 2
    for token in 0..<tokens {
      let position = function(token)
      let source = sources?[token] ?? plan
      for i in 0..<pairs {
        let angle = position * source.inverseFrequencies[i]
        var magnitude = source.attentionFactor
        if let rates = source.decayRates {
          let exponent = rates[i] * (position - centre)
          magnitude *= .exp(isQuery ? -exponent : exponent)
        }
        cosines.pointer[token * pairs + i] = Scalar(magnitude * .cos(angle))
        sines.pointer[token * pairs + i] = Scalar(magnitude * .sin(angle))
      }
    }
  }
}
