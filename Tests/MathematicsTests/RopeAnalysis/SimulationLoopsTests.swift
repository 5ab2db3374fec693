import RealModule
import RopeAnalysis
import RopeMath
import Testing

/// The vector loops against the library's functions, and bit by bit against plain twins that take a number at a time.
@Suite struct SimulationLoopsTests {
  @Test func exponentialMeetsLibrary() {
    let x = stride(from: -87.0, through: 88.0, by: 0.0137).map { Float($0) }
    let values = VectorFunctions.exp(x)
    let worst = zip(x, values).map { abs(Double($1) / .exp(Double($0)) - 1) }.max() ?? .infinity
    #expect(worst < 3e-7, "\(worst)")
    #expect(VectorFunctions.exp([0]) == [1])
    #expect(VectorFunctions.exp([-1e9])[0] < 2e-38)
    #expect(VectorFunctions.exp([]).isEmpty)
    #expect(values == x.map(Self.exp))
  }

  @Test func logarithmMeetsLibrary() {
    let x = stride(from: -80.0, through: 80.0, by: 0.0123).map { Float(Double.exp($0)) }
    let values = VectorFunctions.log(x)
    let worst =
      zip(x, values).map { x, value -> Double in
        let expected = Double.log(Double(x))
        return abs(Double(value) - expected) / max(1, abs(expected))
      }.max() ?? .infinity
    #expect(worst < 3e-7, "\(worst)")
    #expect(VectorFunctions.log([1]) == [0])
    #expect(values == x.map(Self.log))
  }

  @Test func turnsMeetLibrary() {
    let ends: [Double] = [0, 1e-300, .pi / 4, .pi / 2, 1e8, -1e8, 1e8 + 1, 1e300]
    let spread = (0..<40_000).map { (place: Int) -> Double in
      let size = Double(place) * .exp(Double(place % 23) - 14)
      return place.isMultiple(of: 2) ? size : -size
    }
    let angles = ends + spread
    let turned = VectorFunctions.turns(angles)
    var worst = 0.0, others = 0
    for (index, angle) in angles.enumerated() {
      let cosine = turned.cosines[index], sine = turned.sines[index]
      worst = max(worst, abs(cosine - Double.cos(angle)), abs(sine - Double.sin(angle)))
      guard abs(angle) <= 1e8 else { continue }
      let twin = Self.turn(angle)
      if cosine != twin.cosine || sine != twin.sine { others += 1 }
    }
    #expect(others == 0)
    #expect(worst < 3e-16, "\(worst)")
    // The last of a list are those of a longer one.
    for count in 0..<9 {
      #expect(VectorFunctions.turns(Array(angles.suffix(count))).sines == Array(turned.sines.suffix(count)))
    }
    #expect(VectorFunctions.turns([.infinity, .nan]).cosines.allSatisfy { $0.isNaN })
  }

  @Test(arguments: [1, 15, 16, 17, 511, 512, 513, 1100]) func samplesAreThoseOfThePlainTwin(_ count: Int) {
    var sampler = GaussianSampler(seed: 77), generator = SeededGenerator(seed: 77)
    var plain: [Float] = []
    while plain.count < count {
      let pairs = (0..<8).map { _ in Self.normals(generator.next()) }
      plain += pairs.map(\.0) + pairs.map(\.1)
    }
    #expect(sampler.samples(count) == Array(plain.prefix(count)))
    // What an incomplete group leaves over is dropped.
    #expect(sampler.samples(1) == [Self.normals(generator.next()).0])
  }

  @Test(arguments: [1, 7, 8, 9, 1000, 1024, 1025, 3000]) func sumsAreThoseOfThePlainTwin(_ count: Int) {
    var sampler = GaussianSampler(seed: 5)
    let noise = sampler.samples(count), profile = sampler.samples(count)
    let logits = zip(profile, noise).map { $0 * 1.5 + $1 * 2.5 }
    var sums = SoftmaxSums(), plain = SoftmaxSums()
    profile.withUnsafeBufferPointer { profile in
      noise.withUnsafeBufferPointer { noise in sums.add(profile: profile, scale: 1.5, noise: noise, spread: 2.5) }
    }
    for start in stride(from: 0, to: count, by: 1024) {
      let block = Array(logits[start..<min(start + 1024, count)])
      let largest = block.max() ?? 0
      var weights = [Float](repeating: 0, count: 8), moments = weights
      for (index, logit) in block.enumerated() {
        let weight = Self.exp(logit - largest)
        weights[index % 8] += weight
        moments[index % 8] += weight * (logit - largest)
      }
      plain.merge(
        largest: Double(largest), weight: weights.reduce(0) { $0 + Double($1) },
        moment: moments.reduce(0) { $0 + Double($1) })
    }
    #expect(sums.entropy == plain.entropy)
  }

  // MARK: Plain twins

  static func exp(_ x: Float) -> Float {
    let bounded = max(x, -87)
    let shifted = bounded * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    let rest = bounded - whole * 0.693_359_375 - whole * -2.121_944_4e-4
    let sum = [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5].reduce(1.987_569_1e-4 as Float) {
      $0 * rest + $1
    }
    return (sum * rest * rest + rest + 1) * Float(bitPattern: (shifted.bitPattern &<< 23) &+ (127 << 23))
  }

  static func log(_ x: Float) -> Float {
    let offset = x.bitPattern &- 0x3F35_04F3
    let r = Float(bitPattern: (offset & 0x7F_FFFF) &+ 0x3F35_04F3) - 1
    let power = Float(Int32(bitPattern: offset) >> 23)
    let square = r * r
    let coefficients: [Float] = [
      -1.151_461e-1, 1.167_699_9e-1, -1.242_014_1e-1, 1.424_932_3e-1, -1.666_805_7e-1, 2.000_071_5e-1, -2.499_999_4e-1,
      3.333_333_1e-1,
    ]
    let sum = coefficients.reduce(7.037_683_6e-2) { $0 * r + $1 }
    return sum * r * square - square * 0.5 + r + power * 0.693_147_18
  }

  /// Two standard normal numbers of one word: the upper half gives the radius, the lower half the angle.
  static func turn(_ angle: Double) -> (cosine: Double, sine: Double) {
    let whole = (angle * (2 / .pi)).rounded(.toNearestOrEven)
    var r = angle
    for part in [0x1.921fb54p+0, 0x1.10b461p-30, 0x1.a626330p-58, 0x1.45c06e0e68948p-86] { r -= whole * part }
    let square = r * r
    var factorial = 1.0, inverse = [1.0]
    for power in 1...16 {
      factorial *= Double(power)
      inverse.append(1 / factorial)
    }
    func series(from power: Int, to last: Int) -> Double {
      var sum = 0.0
      for term in stride(from: power, through: last, by: -2) {
        let sign: Double = term / 2 % 2 == 0 ? 1 : -1
        sum = sum * square + sign * inverse[term]
      }
      return sum
    }
    let sine = series(from: 15, to: 3) * square * r + r
    let cosine = series(from: 16, to: 4) * square * square - square * 0.5 + 1
    switch Int(whole) & 3 {
    case 0: return (cosine, sine)
    case 1: return (-sine, cosine)
    case 2: return (-cosine, -sine)
    default: return (sine, -cosine)
    }
  }

  static func normals(_ word: UInt64) -> (Float, Float) {
    let high = UInt32(word >> 32), low = UInt32(truncatingIfNeeded: word)
    let uniform = (Float(high >> 16) * 65_536 + Float(high & 0xFFFF) + 0.5) * 0x1p-32
    let radius = max(0, log(uniform) * -2).squareRoot()
    let angle = ((Float(low >> 10) + 0.5) * 0x1p-22 - 0.5) * 1.570_796_3
    let square = angle * angle
    var sine = square * 2.755_731_9e-6 - 1.984_127e-4
    sine = sine * square + 8.333_333_3e-3
    sine = sine * square - 1.666_666_7e-1
    sine = sine * square * angle + angle
    var cosine = square * 2.480_158_7e-5 - 1.388_888_9e-3
    cosine = cosine * square + 4.166_666_8e-2
    cosine = cosine * square - 0.5
    cosine = cosine * square + 1
    let turned = low & 1 == 1 ? -cosine : cosine
    return low & 2 == 2 ? (radius * sine, radius * turned) : (radius * turned, radius * sine)
  }
}
