import RealModule

/// The frequencies of CLEX as a continuous function of the length factor t: the solution of its neural ODE.
///
/// `z(1) = ln θ`, `dz_i/dt = [act((z + ln θ^NTK(α)) U) W]_i − 4i/((d − 2)·α)` with `α = 2t − 1` and `θ^NTK` of base
/// 10000 whatever the model's base is, as in the authors' code; U is `ode_up_proj`, W `ode_down_proj`. One solve by the
/// 3/8 rule on the grid 1, 1 + dt, 1 + 2dt, …, whose last step is shortened to end at the largest t (arXiv 2310.16450,
/// eq. 10–14; `CLEX/clex_layer.py`, torchdiffeq's `rk4`). With W = 0 it is NTK(2t − 1).
public struct CLEXTrajectory: Sendable, Hashable {
  public enum Activation: String, Sendable, Hashable, Codable {
    case silu
    case tanh

    func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .silu: x / (1 + .exp(-x))
      case .tanh: .tanh(x)
      }
    }
  }

  /// Grid points, from 1 to the largest t.
  public let times: [Double]
  /// `z = ln θ′` at each grid point, one row a time.
  public let logFrequencies: [[Double]]

  /// - Parameters:
  ///   - inverseFrequencies: the model's own θ, all positive, `m = d/2` of them with `d > 2`.
  ///   - up: U, m × κd.
  ///   - down: W, κd × m.
  ///   - timeStep: dt, positive.
  ///   - largestTime: at least 1.
  public init(
    inverseFrequencies: [Double], up: WeightMatrix, down: WeightMatrix, activation: Activation, timeStep: Double,
    largestTime: Double
  ) {
    let field = Field(pairCount: inverseFrequencies.count, up: up, down: down, activation: activation)
    // A quotient that misses a whole number by rounding alone makes no step of its own.
    let steps = Int(((largestTime - 1) / timeStep - 1e-9).rounded(.up))
    var times = [1.0]
    var states = [inverseFrequencies.map { Double.log($0) }]
    for step in 0..<max(0, steps) {
      let start = 1 + Double(step) * timeStep
      let end = step == steps - 1 ? largestTime : 1 + Double(step + 1) * timeStep
      states.append(field.step(from: states[step], at: start, by: end - start))
      times.append(end)
    }
    self.times = times
    logFrequencies = states
  }

  /// θ′(t), by linear interpolation of `ln θ′` between the two grid points around t, which is held to the grid.
  public func inverseFrequencies(at t: Double) -> [Double] {
    guard let after = times.firstIndex(where: { $0 >= t }), after > 0 else {
      return (t <= 1 ? logFrequencies.first : logFrequencies.last)?.map { .exp($0) } ?? []
    }
    let before = after - 1
    let share = (t - times[before]) / (times[after] - times[before])
    return zip(logFrequencies[before], logFrequencies[after]).map { .exp($0 + share * ($1 - $0)) }
  }
}

/// The right-hand side of the ODE.
private struct Field {
  let pairCount: Int
  let up: WeightMatrix
  let down: WeightMatrix
  let activation: CLEXTrajectory.Activation

  func slope(_ z: [Double], at t: Double) -> [Double] {
    let d = Double(2 * pairCount), alpha = max(1, 2 * t - 1)
    let logBase = Double.log(10_000) + d / (d - 2) * .log(alpha)
    let input = z.indices.map { z[$0] - 2 * Double($0) / d * logBase }
    let learned = down.leftMultiplied(by: up.leftMultiplied(by: input).map { activation($0) })
    return z.indices.map { learned[$0] - 4 * Double($0) / ((d - 2) * alpha) }
  }

  /// One step of the 3/8 rule.
  func step(from z: [Double], at t: Double, by h: Double) -> [Double] {
    let k1 = slope(z, at: t)
    let k2 = slope(z.indices.map { z[$0] + h * k1[$0] / 3 }, at: t + h / 3)
    let k3 = slope(z.indices.map { z[$0] + h * (k2[$0] - k1[$0] / 3) }, at: t + 2 * h / 3)
    let k4 = slope(z.indices.map { z[$0] + h * (k1[$0] - k2[$0] + k3[$0]) }, at: t + h)
    return z.indices.map { z[$0] + h * (k1[$0] + 3 * (k2[$0] + k3[$0]) + k4[$0]) / 8 }
  }
}
