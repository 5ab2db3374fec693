import Foundation
import RopeChart
import Testing

@Suite struct TickTests {
  private func labels(
    _ axis: Axis, _ domain: ClosedRange<Double>, length: Double = 240, spacing: Double = 34
  ) -> [String] {
    ticks(axis, domain, length: length, spacing: spacing).map(\.label).filter { !$0.isEmpty }
  }

  private func ticks(
    _ axis: Axis, _ domain: ClosedRange<Double>, length: Double = 240, spacing: Double = 34
  ) -> [Tick] {
    let scale = AxisScale(axis.scale, domain: domain, start: 0, end: length)
    let metrics = TableMetrics()
    return AxisTicks(axis, scale: scale, spacing: spacing, gap: 4) { metrics.width(of: $0, role: .text, size: 7) }
      .ticks()
  }

  @Test func roundNumbersWithTheSameDecimals() {
    #expect(labels(Axis("", domain: nil), 0...1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(Axis(""), -50...100) == ["−50", "−25", "0", "25", "50", "75", "100"])
    #expect(labels(Axis(""), 0...50000).last == "50\u{2009}000")
    #expect(labels(Axis(""), 0...4e-4, length: 150).contains("2×10⁻⁴"))
  }

  @Test func tokenLengths() {
    let axis = Axis("", scale: .log2, format: .tokens)
    #expect(labels(axis, 4096...131_072) == ["4k", "8k", "16k", "32k", "64k", "128k"])
    #expect(labels(axis, 1024...1_048_576, length: 120) == ["1k", "8k", "64k", "512k"])
    #expect(labels(Axis("", format: .tokens), 0...131_072, length: 150) == ["0", "32k", "64k", "96k", "128k"])
  }

  @Test func requiredTicksStayAndNeighboursGo() {
    let axis = Axis("", scale: .log2, format: .tokens, requiredTicks: [10000, 131_072])
    let found = ticks(axis, 1024...131_072, length: 180)
    #expect(found.contains { $0.label == "10\u{2009}000" && $0.isMajor })
    #expect(found.contains { $0.label == "128k" })
    #expect(!found.contains { $0.label == "8k" })
  }

  @Test func pairIndicesEndWithTheLast() {
    #expect(labels(Axis("", format: .pairIndex), -0.5...63.5) == ["0", "8", "16", "24", "32", "40", "48", "56", "63"])
    #expect(labels(Axis("", format: .pairIndex), -0.5...31.5, length: 60) == ["0", "16", "31"])
  }

  @Test func anglesBytesPercentages() {
    #expect(labels(Axis("", format: .radians), 0...(2 * Double.pi), length: 150) == ["0", "π/2", "π", "3π/2", "2π"])
    #expect(labels(Axis("", format: .bytes), 0...(7 * 1_073_741_824.0), length: 150).last?.hasSuffix("GiB") == true)
    #expect(labels(Axis("", format: .percent), 0...1, length: 160).last == "100\u{2009}%")
  }

  @Test func decades() {
    let axis = Axis("", scale: .log10)
    #expect(labels(axis, 0.01...100) == ["0.01", "0.1", "1", "10", "100"])
    #expect(labels(axis, 1...1e8, length: 120) == ["10⁰", "10²", "10⁴", "10⁶", "10⁸"])
    #expect(labels(axis, 0.2...5).contains("1"))
  }

  @Test func ratiosAreFractions() {
    let axis = Axis("", scale: .log2)
    #expect(labels(axis, 1.0 / 64...1) == ["1/64", "1/32", "1/16", "1/8", "1/4", "1/2", "1"])
    #expect(labels(Axis("", scale: .log2, requiredTicks: [1.0 / 12]), 1.0 / 16...1).contains("1/12"))
    #expect(labels(Axis("", scale: .log2, requiredTicks: [6.4]), 0.25...64).contains("6.4"))
  }

  /// Ticks are multiples of their step: 6, 8, 10, not 5, 7, 9.
  @Test func ticksAreMultiplesOfTheirStep() {
    var random = RandomFigures(seed: 11)
    for _ in 0..<300 {
      let low = (random.uniform() - 0.3) * exp(random.uniform() * 8 - 4), span = exp(random.uniform() * 8 - 4)
      let found = ticks(Axis(""), low...(low + span), length: 60 + random.uniform() * 300).map(\.value)
      guard found.count > 2 else { continue }
      let step = found[1] - found[0], first = found[0] / step
      #expect(abs(first - first.rounded()) < 1e-6, "\(found)")
    }
  }

  @Test func lastOfManyNamesIsKept() {
    let lengths = ["4k", "8k", "16k", "32k", "64k", "128k"]
    let found = labels(Axis("", scale: .categories(lengths)), -0.5...5.5, length: 60)
    #expect(found.last == "128k" && found.count < 6)
  }

  /// Over many random domains: labels never touch, ticks are inside, ascending and at least one is labelled.
  @Test func labelsNeverTouch() {
    let metrics = TableMetrics()
    var random = RandomFigures(seed: 7)
    let formats: [Axis.Format] = [.number, .tokens, .pairIndex, .radians, .percent, .bytes]
    for round in 0..<600 {
      let isLog = random.chance(0.5)
      let low = isLog ? exp(random.uniform() * 20 - 8) : (random.uniform() - 0.5) * exp(random.uniform() * 20 - 6)
      let span = exp(random.uniform() * 20 - 6)
      let domain = isLog ? low...(low * (1.2 + span)) : low...(low + span)
      let axis = Axis(
        "", scale: isLog ? (random.chance(0.5) ? .log2 : .log10) : .linear, format: formats[round % formats.count],
        requiredTicks: random.chance(0.3) ? [low + span / 3, low + span / 2] : [])
      let length = 30 + random.uniform() * 400
      let found = ticks(axis, domain, length: length)
      let scale = AxisScale(axis.scale, domain: domain, start: 0, end: length)
      let labelled = found.filter { !$0.label.isEmpty }
      #expect(!labelled.isEmpty, "\(axis) \(domain) \(length)")
      #expect(found.allSatisfy { scale.contains($0.value) }, "\(axis) \(domain)")
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.value < $1.value }, "\(axis) \(domain)")
      for (one, other) in zip(labelled, labelled.dropFirst()) {
        let width = [one, other].map { metrics.width(of: $0.label, role: .text, size: 7) / 2 }.reduce(0, +)
        let distance = abs((scale.position(other.value) ?? 0) - (scale.position(one.value) ?? 0))
        #expect(distance >= width + 3.99, "\(one.label) \(other.label) on \(axis) \(domain) \(length)")
      }
    }
  }

  @Test func numbersAsInPapers() {
    #expect(NumberText.fixed(-1234.5, decimals: 1) == "−1234.5")
    #expect(NumberText.fixed(-0.001, decimals: 1) == "0.0")
    #expect(NumberText.fixed(1_234_567, decimals: 0) == "1\u{2009}234\u{2009}567")
    #expect(NumberText.compact(0.00012) == "1.2×10⁻⁴")
    #expect(NumberText.compact(412.34) == "412")
    #expect(NumberText.compact(1e6) == "10⁶")
    #expect(NumberText.compact(.infinity) == "∞")
    #expect(NumberText.tokens(10000) == "10\u{2009}000")
    #expect(NumberText.tokens(2_097_152) == "2M")
    #expect(NumberText.bytes(1536) == "1.5\u{00A0}KiB")
    #expect(NumberText.radians(-Double.pi * 1.5) == "−3π/2")
  }

  @Test func scalesInvert() {
    let scale = AxisScale(.log2, domain: 1024...131_072, start: 200, end: 0)
    #expect(abs((scale.position(8192) ?? 0) - 200 * 4 / 7) < 1e-9)
    #expect(abs(scale.value(at: 200 * 4 / 7) - 8192) < 1e-6)
    #expect(scale.position(-1) == nil)
    #expect(scale.position(.nan) == nil)
  }
}
