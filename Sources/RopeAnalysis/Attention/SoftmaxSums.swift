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
    let count = min(profile.count, noise.count)
    Self.withBlock { logits in
      for start in stride(from: 0, to: count, by: Self.blockLength) {
        let end = min(start + Self.blockLength, count)
        for index in 0..<(end - start) / 8 {
          let place = start + 8 * index
          logits[index] = Self.load(profile, place) * scale + Self.load(noise, place) * spread
        }
        for place in (end - (end - start) % 8)..<end {
          logits[(place - start) / 8][(place - start) % 8] = profile[place] * scale + noise[place] * spread
        }
        add(logits, count: end - start)
      }
    }
  }

  /// Adds the logits `spread · noise[j]`.
  public mutating func add(noise: UnsafeBufferPointer<Float>, spread: Float) {
    let count = noise.count
    Self.withBlock { logits in
      for start in stride(from: 0, to: count, by: Self.blockLength) {
        let end = min(start + Self.blockLength, count)
        for index in 0..<(end - start) / 8 { logits[index] = Self.load(noise, start + 8 * index) * spread }
        for place in (end - (end - start) % 8)..<end {
          logits[(place - start) / 8][(place - start) % 8] = noise[place] * spread
        }
        add(logits, count: end - start)
      }
    }
  }

  /// Blocks are short enough for float32 sums to stay accurate to about 1e-6 and for the cache to hold them.
  private static let blockLength = 1024

  private static func withBlock(_ body: (UnsafeMutableBufferPointer<SIMD8<Float>>) -> Void) {
    withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: blockLength / 8) { logits in
      logits.initialize(repeating: SIMD8())
      body(logits)
    }
  }

  /// Adds one block of logits.
  private mutating func add(_ logits: UnsafeMutableBufferPointer<SIMD8<Float>>, count: Int) {
    let whole = count / 8, lanes = count % 8
    var high = SIMD8<Float>(repeating: -.greatestFiniteMagnitude)
    for index in 0..<whole { high = high.replacing(with: logits[index], where: high .< logits[index]) }
    var top = high.max()
    for lane in 0..<lanes { top = max(top, logits[whole][lane]) }
    var weights = SIMD8<Float>(), moments = SIMD8<Float>()
    for index in 0..<whole {
      let relative = logits[index] - top
      let exponential = VectorFunctions.exp(relative)
      weights += exponential
      moments += exponential * relative
    }
    if lanes > 0 {
      let relative = logits[whole] - top
      let exponential = VectorFunctions.exp(relative)
      for lane in 0..<lanes {
        weights[lane] += exponential[lane]
        moments[lane] += exponential[lane] * relative[lane]
      }
    }
    merge(largest: Double(top), weight: Self.total(weights), moment: Self.total(moments))
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
}
