import RealModule

/// The sums that a softmax's entropy is made from, kept relative to the largest logit and merged piece by piece.
public struct SoftmaxSums: Sendable {
  private var largest = -Double.infinity
  /// `Σ e^{l − largest}` and `Σ (l − largest) e^{l − largest}`.
  private var weight = 0.0
  private var moment = 0.0

  public init() {}

  /// `H = ln Σ e^l − Σ l e^l / Σ e^l`, nats; not a number before anything was added.
  public var entropy: Double { weight > 0 ? .log(weight) - moment / weight : .nan }

  /// Adds the logits `scale · profile[j] + spread · noise[j]`.
  public mutating func add(
    profile: UnsafeBufferPointer<Float>, scale: Float, noise: UnsafeBufferPointer<Float>, spread: Float
  ) {
    add(count: min(profile.count, noise.count)) { start, lanes in
      lanes == 8
        ? Self.load(profile, start) * scale + Self.load(noise, start) * spread
        : Self.load(profile, start, lanes) * scale + Self.load(noise, start, lanes) * spread
    }
  }

  /// Adds the logits `spread · noise[j]`.
  public mutating func add(noise: UnsafeBufferPointer<Float>, spread: Float) {
    add(count: noise.count) { start, lanes in
      (lanes == 8 ? Self.load(noise, start) : Self.load(noise, start, lanes)) * spread
    }
  }

  /// Blocks are short enough for float32 sums to stay accurate to about 1e-6 and to be read twice from the cache.
  @inline(__always)
  private mutating func add(count: Int, logits: (_ start: Int, _ lanes: Int) -> SIMD8<Float>) {
    for block in stride(from: 0, to: count, by: 1024) {
      let end = min(block + 1024, count)
      let whole = block + (end - block) / 8 * 8
      var high = SIMD8<Float>(repeating: -.greatestFiniteMagnitude)
      for start in stride(from: block, to: whole, by: 8) {
        let values = logits(start, 8)
        high = high.replacing(with: values, where: high .< values)
      }
      let lanes = end - whole
      var rest = SIMD8<Float>(repeating: -.greatestFiniteMagnitude)
      if lanes > 0 {
        let values = logits(whole, lanes)
        for lane in 0..<lanes { rest[lane] = values[lane] }
        high = high.replacing(with: rest, where: high .< rest)
      }
      let top = high.max()
      var weights = SIMD8<Float>(), moments = SIMD8<Float>()
      for start in stride(from: block, to: whole, by: 8) {
        let relative = logits(start, 8) - top
        let exponential = VectorFunctions.exp(relative)
        weights += exponential
        moments += exponential * relative
      }
      if lanes > 0 {
        let relative = rest - top
        let exponential = VectorFunctions.exp(relative)
        for lane in 0..<lanes {
          weights[lane] += exponential[lane]
          moments[lane] += exponential[lane] * relative[lane]
        }
      }
      merge(largest: Double(top), weight: Self.total(weights), moment: Self.total(moments))
    }
  }

  private mutating func merge(largest other: Double, weight otherWeight: Double, moment otherMoment: Double) {
    let top = max(largest, other)
    func moved(_ from: Double, _ weight: Double, _ moment: Double) -> (Double, Double) {
      guard weight > 0 else { return (0, 0) }
      let factor = Double.exp(from - top)
      return (weight * factor, (moment + (from - top) * weight) * factor)
    }
    let own = moved(largest, weight, moment), added = moved(other, otherWeight, otherMoment)
    largest = top
    weight = own.0 + added.0
    moment = own.1 + added.1
  }

  private static func total(_ values: SIMD8<Float>) -> Double {
    (0..<8).reduce(0) { $0 + Double(values[$1]) }
  }

  @inline(__always)
  private static func load(_ buffer: UnsafeBufferPointer<Float>, _ start: Int) -> SIMD8<Float> {
    UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Float>.self)
  }

  private static func load(_ buffer: UnsafeBufferPointer<Float>, _ start: Int, _ lanes: Int) -> SIMD8<Float> {
    var values = SIMD8<Float>()
    for lane in 0..<lanes { values[lane] = buffer[start + lane] }
    return values
  }
}
