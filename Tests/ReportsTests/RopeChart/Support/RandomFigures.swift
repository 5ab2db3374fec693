import Foundation
import RopeChart

/// Figures with random axes, marks, labels and values: everything that a figure kind might ask for, and more.
struct RandomFigures {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  mutating func integer(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(uniform() * Double(range.count)) }
  mutating func chance(_ share: Double) -> Bool { uniform() < share }

  mutating func figure() -> Figure {
    let count = integer(1...4)
    let isShared = chance(0.5)
    let x = xAxis()
    let y = yAxis()
    let panels = (0..<count).map { _ in panel(x: isShared ? x : xAxis(), y: isShared ? y : yAxis()) }
    return Figure(
      id: "random", title: words(integer(3...20)), caption: "", alternativeText: "", panels: panels,
      columns: integer(1...4), aspect: 0.3 + uniform())
  }

  private mutating func panel(x: Axis, y: Axis) -> Panel {
    var marks: [Mark] = []
    for method in 0..<integer(1...8) { marks.append(mark(method, x: x, y: y)) }
    for _ in 0..<integer(0...3) {
      let direction: Mark.Rule.Direction = chance(0.6) ? .vertical : .horizontal
      marks.append(.rule(.init(direction, at: value(on: direction == .vertical ? x : y), label: words(integer(1...3)))))
    }
    if chance(0.3) {
      marks.append(
        .region(.init(.vertical, from: value(on: x), to: chance(0.3) ? .infinity : value(on: x), label: words(2))))
    }
    for _ in 0..<integer(0...2) {
      marks.append(.note(.init(x: value(on: x), y: value(on: y), text: words(integer(1...4)))))
    }
    return Panel(title: chance(0.5) ? words(integer(1...8)) : "", x: x, y: y, marks: marks, labelsSeries: chance(0.9))
  }

  private mutating func mark(_ method: Int, x: Axis, y: Axis) -> Mark {
    let count = chance(0.1) ? 1 : integer(2...80)
    var xs = (0..<count).map { _ in value(on: x) }.sorted()
    if case .categories = y.scale {
      let row = Double(method % 4)
      return .dots(
        .init(label: GalleryStyles.names[method], style: GalleryStyles.all[method], x: [value(on: x)], y: [row]))
    }
    if chance(0.05) { xs[0] = .nan }
    let ys = xs.map { _ in chance(0.03) ? Double.nan : value(on: y) * (chance(0.02) ? 1000 : 1) }
    let series = Mark.Series(
      label: chance(0.9) ? GalleryStyles.names[method] : "", style: GalleryStyles.all[method], x: xs, y: ys,
      lower: ys.map { $0 * 0.9 }, upper: ys.map { $0 * 1.1 })
    switch integer(0...5) {
    case 0: return .points(series)
    case 1: return .band(series)
    case 2: return .steps(series)
    default: return .line(series)
    }
  }

  private mutating func xAxis() -> Axis {
    switch integer(0...3) {
    case 0: return Axis(words(3), scale: .log2, format: .tokens, requiredTicks: [32768, 131_072])
    case 1: return Axis("Pair index", format: .pairIndex)
    case 2: return Axis(words(12), format: .tokens)
    default: return Axis(words(2), scale: .log10, domain: 0.01...1000)
    }
  }

  private mutating func yAxis() -> Axis {
    switch integer(0...6) {
    case 0: return Axis(words(3), scale: .log10)
    case 1: return Axis(words(2), format: .percent, domain: 0...1)
    case 2: return Axis(words(15), format: .radians)
    case 3: return Axis("KV cache", format: .bytes)
    case 4: return Axis("", scale: .categories(["none", "linear interpolation", "YaRN (paper form)", "b"]))
    case 5: return Axis(words(2), domain: 2...4)
    default: return Axis(words(4), scale: .log2, reversed: chance(0.3))
    }
  }

  private mutating func value(on axis: Axis) -> Double {
    if let domain = axis.domain {
      return domain.lowerBound + (domain.upperBound - domain.lowerBound) * (uniform() * 1.1)
    }
    switch axis.format {
    case .tokens: return exp2(9 + uniform() * 9)
    case .pairIndex: return Double(integer(0...63))
    case .bytes: return uniform() * 8e9
    case .radians: return uniform() * 7
    case .percent: return uniform()
    case .number: return axis.scale == .linear ? uniform() * 10 - 3 : exp(uniform() * 8 - 4)
    }
  }

  private mutating func words(_ count: Int) -> String {
    let vocabulary = ["trained", "32k", "entropy", "of", "θ′/θ", "interpolation", "the", "YaRN", "128k", "a", "(nats)"]
    return (0..<count).map { _ in vocabulary[integer(0...(vocabulary.count - 1))] }.joined(separator: " ")
  }
}
