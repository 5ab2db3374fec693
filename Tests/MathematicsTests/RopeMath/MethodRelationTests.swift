import RealModule
import RopeMath
import RopeTestSupport
import Testing

/// Relations between methods, over random geometries and parameters.
@Suite struct MethodRelationTests {
  struct Draw {
    let geometry: RotaryGeometry
    let factor: Double
    let length: Int
  }

  static func draws(_ count: Int = 200) throws -> [Draw] {
    var generator = SeededGenerator(seed: 17)
    return try (0..<count).map { _ in
      let dimension = 2 * Int.random(in: 4...128, using: &generator)
      let base = Double.exp2(Double.random(in: 8...30, using: &generator))
      let trained = 1 << Int.random(in: 8...17, using: &generator)
      let factor = Double.exp2(Double.random(in: 0...6, using: &generator))
      return Draw(
        geometry: try RotaryGeometry(headDimension: dimension, base: base, trainedLength: trained), factor: factor,
        length: Int(Double(trained) * factor))
    }
  }

  func frequencies(_ text: String, _ draw: Draw, length: Int? = nil) throws -> [Double] {
    let context = MethodContext(geometry: draw.geometry, targetLength: draw.length)
    return try BoundMethod(MethodSpecification.parse(text), context: context).plan(length: length ?? draw.length)
      .inverseFrequencies
  }

  private func expectEqual(_ left: String, _ right: String, _ draw: Draw, tolerance: Double = 1e-12) throws {
    let error = Accuracy.worst(try frequencies(left, draw), try frequencies(right, draw), by: Accuracy.relative)
    #expect(error <= tolerance, "\(left) against \(right): \(error), \(draw.geometry)")
  }

  @Test func factorOneIsPlainRotation() throws {
    for draw in try Self.draws() {
      for id in ["linear", "ntk", "ntk-fixed", "ntk-by-parts", "ntk-by-parts-index", "yarn", "yarn-paper", "llama3"] {
        try expectEqual("\(id):factor=1", "none", draw)
      }
      try expectEqual("proportional:partial_rotary_factor=1", "none", draw)
    }
  }

  @Test func dynamicIsNTKOfItsLength() throws {
    for draw in try Self.draws() where draw.length > draw.geometry.trainedLength {
      for growth in [1.0, 2, 4.5] {
        let ratio = Double(draw.length) / Double(draw.geometry.trainedLength)
        let alpha = growth * ratio - (growth - 1)
        try expectEqual("dynamic:factor=\(growth)", "ntk:factor=\(alpha)", draw)
      }
    }
  }

  @Test func mixedReachesBothEnds() throws {
    for draw in try Self.draws() {
      try expectEqual("ntk-mixed:mixed_b=0", "linear", draw, tolerance: 1e-11)
      try expectEqual("ntk-mixed:mixed_b=1", "ntk-fixed", draw, tolerance: 1e-11)
    }
  }

  @Test func ntkIsAChangedBase() throws {
    for draw in try Self.draws() {
      let d = Double(draw.geometry.rotaryDimension)
      let base = draw.geometry.base * Double.exp(d / (d - 2) * Double.log(draw.factor))
      try expectEqual("ntk:factor=\(draw.factor)", "abf:rope_theta=\(base)", draw, tolerance: 1e-11)
    }
  }

  @Test func llama3IsPartsWithANarrowRamp() throws {
    for draw in try Self.draws() {
      try expectEqual("llama3:low_freq_factor=1.5,high_freq_factor=6", "ntk-by-parts:alpha=1.5,beta=6", draw)
    }
  }

  @Test func listsReproduceOtherMethods() throws {
    for draw in try Self.draws(60) where draw.length > draw.geometry.trainedLength {
      let plain = try frequencies("none", draw)
      for other in ["none", "linear", "ntk", "yarn"] {
        let list = zip(plain, try frequencies(other, draw)).map { "\($0 / $1)" }.joined(separator: ";")
        try expectEqual("longrope:short_factor=[\(list)],long_factor=[\(list)]", other, draw)
      }
    }
  }

  @Test func ratiosStayBetweenTheEndsAndFall() throws {
    for draw in try Self.draws() {
      let plain = try frequencies("none", draw)
      for id in ["linear", "ntk", "ntk-by-parts", "yarn-paper", "llama3"] {
        let ratios = zip(try frequencies("\(id):factor=\(draw.factor)", draw), plain).map { $0 / $1 }
        #expect(ratios.allSatisfy { $0 <= 1 + 1e-12 && $0 >= 1 / draw.factor * (1 - 1e-12) }, "\(id)")
        #expect(zip(ratios, ratios.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-12) }, "\(id)")
      }
    }
  }

  @Test func methodsAreOrderedElementWise() throws {
    for draw in try Self.draws() {
      let plain = try frequencies("none", draw), linear = try frequencies("linear", draw)
      let ntk = try frequencies("ntk", draw), fixed = try frequencies("ntk-fixed", draw)
      #expect(zip(fixed, ntk).allSatisfy { $0 <= $1 * (1 + 1e-12) })
      #expect(zip(ntk, plain).allSatisfy { $0 <= $1 * (1 + 1e-12) })
      let ramp = YaRNRamp(trainedLength: Double(draw.geometry.trainedLength))
      guard !ramp.isDegenerate(dimension: draw.geometry.rotaryDimension, base: draw.geometry.base) else { continue }
      let yarn = try frequencies("yarn", draw)
      #expect(zip(linear, yarn).allSatisfy { $0 <= $1 * (1 + 1e-12) })
      #expect(zip(yarn, plain).allSatisfy { $0 <= $1 * (1 + 1e-12) })
    }
  }

  @Test func ratiosOfNTKMultiplyAndHaveTheirGeometricMean() throws {
    for draw in try Self.draws() {
      let plain = try frequencies("none", draw)
      let once = try frequencies("ntk:factor=\(draw.factor)", draw)
      let twice = try frequencies("ntk:factor=\(draw.factor * draw.factor)", draw)
      for i in plain.indices {
        #expect(Accuracy.relative(once[i] / plain[i] * once[i] / plain[i], twice[i] / plain[i]) < 1e-11)
      }
      let mean = zip(once, plain).reduce(0) { $0 + Double.log($1.0 / $1.1) } / Double(plain.count)
      #expect(abs(mean + 0.5 * Double.log(draw.factor)) < 1e-9)
    }
  }

  @Test func resonanceMakesWholeWavelengths() throws {
    for draw in try Self.draws() {
      for text in ["resonance", "yarn+resonance"] {
        let rounded = try frequencies(text, draw)
        let original = try frequencies(text == "resonance" ? "none" : "yarn", draw)
        for (own, before) in zip(rounded, original) {
          let wavelength = 2 * Double.pi / own
          #expect(abs(wavelength - wavelength.rounded()) <= 1e-9 * wavelength)
          #expect(abs(wavelength - 2 * .pi / before) <= 0.5 + 1e-9 * wavelength)
        }
      }
    }
  }

  @Test func dynamicMethodsAreContinuousAndIdleInsideTheWindow() throws {
    for draw in try Self.draws(60) {
      let trained = draw.geometry.trainedLength
      let plain = try frequencies("none", draw)
      for id in ["dynamic", "dynamic-linear", "dynamic-yarn", "dynamic-ntk-by-parts"] {
        #expect(try frequencies(id, draw, length: trained) == plain, "\(id)")
        #expect(try frequencies(id, draw, length: max(1, trained / 2)) == plain, "\(id)")
      }
      let next = try frequencies("dynamic", draw, length: trained + 1)
      #expect(Accuracy.worst(next, plain, by: Accuracy.relative) <= 3 / Double(trained))
    }
  }
}

extension Double {
  fileprivate static func exp2(_ value: Double) -> Double { exp(value * log(2)) }
}
