import Foundation

/// Chooses the ticks of an axis so that no two labels touch, by measuring them.
public struct AxisTicks: Sendable {
  public var axis: Axis
  public var scale: AxisScale
  /// Points that one labelled tick ideally has to itself.
  public var spacing: Double
  /// Least gap between two labels, in points.
  public var gap: Double
  /// Length of a label along the axis, in points.
  public var extent: @Sendable (String) -> Double

  public init(
    _ axis: Axis, scale: AxisScale, spacing: Double, gap: Double, extent: @escaping @Sendable (String) -> Double
  ) {
    self.axis = axis
    self.scale = scale
    self.spacing = spacing
    self.gap = gap
    self.extent = extent
  }

  /// Ticks inside the domain, ascending. Required ones are always there; neighbours that touch them lose their label.
  public func ticks() -> [Tick] {
    let chosen: [Tick]
    switch axis.scale {
    case .categories(let names): chosen = categories(names)
    case .log2: chosen = powersOfTwo()
    case .log10: chosen = axis.format == .bytes ? powersOfTwo() : decades()
    case .linear: chosen = linear()
    }
    return withRequired(chosen.sorted { $0.value < $1.value })
  }

  var length: Double { abs(scale.end - scale.start) }
  var wanted: Double { Self.wanted(length: length, spacing: spacing) }

  /// How many ticks suit an axis of this length.
  static func wanted(length: Double, spacing: Double) -> Double { min(max(length / spacing, 2), 8) }

  /// Whether the labels, in this order, keep their distance.
  func isLegible(_ ticks: [Tick]) -> Bool {
    var previous: (position: Double, half: Double)?
    for tick in ticks where !tick.label.isEmpty {
      guard let position = scale.position(tick.value) else { continue }
      let half = extent(tick.label) / 2
      if let last = previous, abs(position - last.position) < half + last.half + gap { return false }
      previous = (position, half)
    }
    return true
  }

  /// Every name, or every second, third … one up to the last: of growing lengths it is the one that counts.
  private func categories(_ names: [String]) -> [Tick] {
    for stride in 1...max(names.count, 1) {
      let ticks = names.indices.map { index in
        Tick(Double(index), label: (names.count - 1 - index).isMultiple(of: stride) ? names[index] : "")
      }
      if isLegible(ticks) { return ticks }
    }
    return names.indices.map { Tick(Double($0), label: "") }
  }

  private func linear() -> [Tick] {
    let low = scale.domain.lowerBound
    let high = scale.domain.upperBound
    switch axis.format {
    case .pairIndex:
      return multiples(of: (0..<20).map { exp2(Double($0)) }) { NumberText.fixed($0, decimals: 0) }
    case .tokens where high - low >= 2048:
      return multiples(of: (0..<40).map { 1024 * exp2(Double($0)) }, label: NumberText.tokens)
    case .radians where high - low >= Double.pi / 2:
      let larger: [Double] = (1..<12).flatMap { (power: Int) -> [Double] in
        [1.0, 2.0, 5.0].map { $0 * pow(10, Double(power)) }
      }
      return multiples(of: ([0.25, 0.5, 1, 2, 4] + larger).map { $0 * Double.pi }, label: NumberText.radians)
    case .bytes:
      let unit = NumberText.byteUnit(for: max(abs(low), abs(high)))
      return round(scaledBy: unit.size) { $0 == "0" ? "0" : "\($0)\u{00A0}\(unit.name)" }
    case .percent: return round(scaledBy: 0.01) { $0 + "\u{2009}%" }
    default: return round(scaledBy: 1) { $0 }
    }
  }

  /// Round numbers in units of `unit`, with the same decimals on all.
  func round(scaledBy unit: Double, label: (String) -> String) -> [Tick] {
    let range = (scale.domain.lowerBound / unit)...(scale.domain.upperBound / unit)
    func ticks(_ values: [Double], _ step: Double) -> [Tick] {
      zip(values, Self.labels(values, step: step)).map { Tick($0 * unit, label: label($1)) }
    }
    let search = LinearTicks(range: range, wanted: wanted, reach: .inside)
    let values = search.values { isLegible(ticks($0, $1)) }
    guard values.count > 1 else {
      let ends = [range.lowerBound, range.upperBound].map { Tick($0 * unit, label: label(NumberText.compact($0))) }
      return isLegible(ends) ? ends : Array(ends.suffix(1))
    }
    return ticks(values, values[1] - values[0])
  }

  /// Labels with the same decimals, or with the same power of ten where the numbers are very large or small.
  static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.map(abs).max() ?? 0
    if largest >= 1e6 || (largest > 0 && largest < 1e-3) {
      let exponent = Int(floor(log10(largest)))
      let unit = pow(10, Double(exponent))
      let mantissas = values.map { $0 / unit }
      let decimals = NumberText.decimals(for: mantissas, step: step / unit)
      return mantissas.map {
        $0 == 0 ? "0" : NumberText.fixed($0, decimals: decimals) + "×" + NumberText.power(exponent)
      }
    }
    let decimals = NumberText.decimals(for: values, step: step)
    return values.map { NumberText.fixed($0, decimals: decimals) }
  }

  /// Multiples of the finest of `steps` whose labels fit.
  private func multiples(of steps: [Double], label: (Double) -> String) -> [Tick] {
    let low = scale.domain.lowerBound
    let high = scale.domain.upperBound
    for step in steps where (high - low) / step <= wanted * 1.2 {
      let slack = step * 1e-9
      let first = ceil((low - slack) / step)
      let last = floor((high + slack) / step)
      guard last >= first else { break }
      let ticks = stride(from: first, through: last, by: 1).map { Tick($0 * step, label: label($0 * step)) }
      if isLegible(ticks) { return ticks }
    }
    return round(scaledBy: 1) { $0 }
  }

  private func withRequired(_ ticks: [Tick]) -> [Tick] {
    var required = axis.requiredTicks
    if axis.format == .pairIndex, case .linear = axis.scale { required.append(floor(scale.domain.upperBound)) }
    required = required.filter(scale.contains)
    guard !required.isEmpty else { return ticks }

    func place(_ tick: Tick) -> (position: Double, half: Double) {
      (scale.position(tick.value) ?? 0, extent(tick.label) / 2)
    }
    func touch(_ one: Tick, _ other: Tick) -> Bool {
      let (a, b) = (place(one), place(other))
      return abs(a.position - b.position) < a.half + b.half + gap
    }
    var kept: [Tick] = []
    for value in required where !kept.contains(where: { isSame($0.value, value) }) {
      var tick = ticks.first { isSame($0.value, value) } ?? Tick(value, label: "")
      tick.isMajor = true
      tick.value = value
      if tick.label.isEmpty { tick.label = requiredLabel(value) }
      if kept.contains(where: { !$0.label.isEmpty && touch($0, tick) }) { tick.label = "" }
      kept.append(tick)
    }
    for var tick in ticks where !kept.contains(where: { isSame($0.value, tick.value) }) {
      if !tick.label.isEmpty, kept.contains(where: { !$0.label.isEmpty && touch($0, tick) }) {
        tick.label = ""
        tick.isMajor = false
        // A round number beside an odd one says nothing once it has lost its label; a power of two still marks its place.
        if !scale.isLogarithmic { continue }
      }
      kept.append(tick)
    }
    return kept.sorted { $0.value < $1.value }
  }

  /// `1/12` on an axis of ratios whose other ticks are `1/8` and `1/16`.
  private func requiredLabel(_ value: Double) -> String {
    axis.scale == .log2 && axis.format == .number
      ? NumberText.powerOfTwo(value) : NumberText.text(value, format: axis.format)
  }

  private func isSame(_ one: Double, _ other: Double) -> Bool {
    abs((scale.position(one) ?? 0) - (scale.position(other) ?? 0)) < 0.05
  }
}
