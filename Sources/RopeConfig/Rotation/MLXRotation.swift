import RealModule

/// MLX's rotary operation (`mx.fast.rope`) on the CPU backend, in float32 throughout.
public struct MLXRotation: Sendable, Hashable {
  public enum Frequencies: Sendable, Hashable {
    /// Only the base is handed over; MLX makes `exp(−i·ln base/(d/2))` with its own exponential.
    case base(Float)
    /// `freqs_i = 1/θ′_i`, of which MLX takes the reciprocal again.
    case reciprocals([Float])
  }

  /// Rotated features.
  public var dimensions: Int
  public var frequencies: Frequencies
  /// Multiplies positions: the reciprocal of a linear factor.
  public var positionScale: Float
  /// Multiplies the features before rotation.
  public var magnitude: Float

  public init(dimensions: Int, frequencies: Frequencies, positionScale: Float = 1, magnitude: Float = 1) {
    self.dimensions = dimensions
    self.frequencies = frequencies
    self.positionScale = positionScale
    self.magnitude = magnitude
  }

  public var inverseFrequencies: [Float] {
    switch frequencies {
    case .reciprocals(let reciprocals): return reciprocals.map { 1 / $0 }
    case .base(let base):
      let half = dimensions / 2
      let step = Float(Double.log(Double(base)) / Double(half))
      return (0..<half).map { Self.exponential(-Float($0) * step) }
    }
  }

  public func row(at position: Int) -> RotaryRow {
    let scaled = Float(position) * positionScale
    let angles = inverseFrequencies.map { scaled * $0 }
    return RotaryRow(cosines: angles.map { .cos($0) * magnitude }, sines: angles.map { .sin($0) * magnitude })
  }

  /// The CPU backend's float32 exponential: 2^n·P(f) with a polynomial of degree 6 in fused multiply-adds.
  static func exponential(_ x: Float) -> Float {
    let scaled = x * 1.442695
    let whole = (scaled + 0.5).rounded(.down)
    let fraction = scaled - whole
    var value: Float = 1.535336188319500e-4
    for coefficient: Float in [
      1.339887440266574e-3, 9.618437357674640e-3, 5.550332471162809e-2, 2.402264791363012e-1, 6.931472028550421e-1, 1,
    ] {
      value = coefficient.addingProduct(value, fraction)
    }
    guard whole > -127, whole < 128 else { return whole < 0 ? 0 : .infinity }
    return value * Float(sign: .plus, exponent: Int(whole), significand: 1)
  }
}
