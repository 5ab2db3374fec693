import RealModule

/// ggml's rotary operation on the CPU (`ggml_rope_ext`, llama.cpp 0c1e57098), in float32 throughout.
///
/// The angle of pair `i` is not `p·θ_i` but a chain: `t_0 = p`, `t_{i+1} = t_i·k` with `k = base^(−2/n)`, so that the
/// error grows along the pairs. With YaRN (`extrapolation ≠ 0`) interpolated and extrapolated angle are mixed, and the
/// multiplier is `attention·(1 + 0.1·ln(1/scale))`.
public struct GGMLRotation: Sendable, Hashable {
  /// Rotated features, `n_dims`.
  public var dimensions: Int
  /// `n_ctx_orig`; 0 where there is no YaRN.
  public var trainedLength: Int
  public var base: Float
  /// `freq_scale`, the reciprocal of the factor.
  public var scale: Float
  /// `ext_factor`; 0 for plain and linear rotation.
  public var extrapolation: Float
  /// `attn_factor`.
  public var attention: Float
  public var betaFast: Float
  public var betaSlow: Float
  /// Divisors of the frequencies (`rope_freqs`), one a pair.
  public var frequencyFactors: [Float]?

  public init(
    dimensions: Int, trainedLength: Int = 0, base: Float, scale: Float = 1, extrapolation: Float = 0,
    attention: Float = 1, betaFast: Float = 32, betaSlow: Float = 1, frequencyFactors: [Float]? = nil
  ) {
    self.dimensions = dimensions
    self.trainedLength = trainedLength
    self.base = base
    self.scale = scale
    self.extrapolation = extrapolation
    self.attention = attention
    self.betaFast = betaFast
    self.betaSlow = betaSlow
    self.frequencyFactors = frequencyFactors
  }

  /// `ggml_rope_yarn_corr_dims`: the ramp's ends. The upper one is not raised to 0, the lower one not lowered.
  public var correctionRange: (low: Float, high: Float) {
    func index(_ turns: Float) -> Float {
      Float(dimensions) * .log(Float(trainedLength) / (turns * 2 * .pi)) / (2 * .log(base))
    }
    return (max(0, index(betaFast).rounded(.down)), min(Float(dimensions - 1), index(betaSlow).rounded(.up)))
  }

  /// Share of the extrapolated angle in pair `i`.
  func mix(_ i: Int) -> Float {
    let (low, high) = correctionRange
    let ramp = (Float(i) - low) / max(0.001, high - low)
    return (1 - min(1, max(0, ramp))) * extrapolation
  }

  public func row(at position: Int) -> RotaryRow {
    // The double-precision power, rounded once, is the correctly rounded float32 one.
    let step = Float(Double.pow(Double(base), Double(-2 / Float(dimensions))))
    let mixes: [Float]? = extrapolation == 0 ? nil : (0..<dimensions / 2).map(mix)
    let multiplier = extrapolation == 0 ? attention : attention * (1 + 0.1 * .log(1 / scale))
    var row = RotaryRow(cosines: [], sines: [])
    var theta = Float(position)
    for i in 0..<dimensions / 2 {
      let extrapolated = theta / factor(i)
      var angle = scale * extrapolated
      if let mixes { angle = angle * (1 - mixes[i]) + extrapolated * mixes[i] }
      row.cosines.append(.cos(angle) * multiplier)
      row.sines.append(.sin(angle) * multiplier)
      theta *= step
    }
    return row
  }

  private func factor(_ i: Int) -> Float {
    guard let frequencyFactors, frequencyFactors.indices.contains(i) else { return 1 }
    return frequencyFactors[i]
  }
}
