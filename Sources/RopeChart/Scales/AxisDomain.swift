import Foundation

/// The domain that an axis gets: its own, or the data's range widened to round numbers.
enum AxisDomain {
  /// The domain of a panel's x axis: lengths end where the data does, so that lines go through to their names.
  static func across(
    _ axis: Axis, values: ClosedRange<Double>?, wanted: Double, of content: PanelContent
  ) -> ClosedRange<Double> {
    guard axis.scale == .log2, axis.format == .tokens, axis.domain == nil, !content.isScatter, let values,
      values.lowerBound < values.upperBound
    else { return resolve(axis, values: values, wanted: wanted, of: content) }
    return values
  }

  /// The domain for a panel: round numbers, and a little more on linear axes where it has points alone, so that none
  /// lies on an axis.
  static func resolve(
    _ axis: Axis, values: ClosedRange<Double>?, wanted: Double, of content: PanelContent
  ) -> ClosedRange<Double> {
    let domain = resolve(axis, values: values, wanted: wanted, isExact: content.cells != nil)
    guard content.isScatter, axis.domain == nil, axis.scale == .linear else { return domain }
    let margin = 0.04 * (domain.upperBound - domain.lowerBound)
    return (domain.lowerBound - margin)...(domain.upperBound + margin)
  }

  /// Keeps a usable own domain; `values` is the range of the data, nil where there is none; `isExact` for maps, whose
  /// cells fill the frame.
  static func resolve(
    _ axis: Axis, values: ClosedRange<Double>?, wanted: Double, isExact: Bool = false
  ) -> ClosedRange<Double> {
    if case .categories(let names) = axis.scale { return -0.5...(Double(max(names.count, 1)) - 0.5) }
    if let own = axis.domain, isUsable(own, on: axis) { return own }
    let isLogarithmic = axis.scale == .log10 || axis.scale == .log2
    guard var range = values else { return isLogarithmic ? 1...10 : 0...1 }
    if isExact, range.lowerBound < range.upperBound { return range }
    if axis.scale == .linear, axis.format == .pairIndex { return (range.lowerBound - 0.5)...(range.upperBound + 0.5) }
    if range.upperBound - range.lowerBound <= abs(range.upperBound) * 1e-12 {
      let middle = range.lowerBound
      let half = middle == 0 ? 1 : abs(middle) * 0.1
      range = isLogarithmic ? (middle / 2)...(middle * 2) : (middle - half)...(middle + half)
    }
    if isLogarithmic, axis.format == .number, range.upperBound < narrow * range.lowerBound {
      // Not so narrow that rounding errors fill the frame.
      let least = min(range.lowerBound, range.upperBound / 1.05)
      let found = linear(axis.format, least...range.upperBound, wanted)
      return max(found.lowerBound, below(least))...found.upperBound
    }
    switch axis.scale {
    case .log2: return exp2(floor(log2(range.lowerBound) + 1e-9))...exp2(ceil(log2(range.upperBound) - 1e-9))
    case .log10: return below(range.lowerBound)...above(range.upperBound)
    case .linear, .categories: return linear(axis.format, range, wanted)
    }
  }

  /// Data on a logarithmic axis that span less than this factor get round numbers of their own, not whole powers.
  private static let narrow = 1.8

  private static func isUsable(_ domain: ClosedRange<Double>, on axis: Axis) -> Bool {
    guard domain.lowerBound.isFinite, domain.upperBound.isFinite, domain.lowerBound < domain.upperBound else {
      return false
    }
    return axis.scale == .linear || domain.lowerBound > 0
  }

  private static func linear(
    _ format: Axis.Format, _ range: ClosedRange<Double>, _ wanted: Double
  ) -> ClosedRange<Double> {
    let span = range.upperBound - range.lowerBound
    let unit: Double
    switch format {
    case .tokens where span >= 2048: return widened(range, to: binaryStep(span / wanted))
    case .radians where span >= Double.pi / 2: return widened(range, to: Double.pi / 2)
    case .bytes: unit = NumberText.byteUnit(for: max(abs(range.lowerBound), abs(range.upperBound))).size
    case .percent: unit = 0.01
    default: unit = 1
    }
    let scaled = (range.lowerBound / unit)...(range.upperBound / unit)
    let ticks = LinearTicks(range: scaled, wanted: wanted, reach: .covering).values { _, _ in true }
    guard let first = ticks.first, let last = ticks.last else { return range }
    return min(range.lowerBound, first * unit)...max(range.upperBound, last * unit)
  }

  private static func binaryStep(_ ideal: Double) -> Double { exp2(floor(log2(max(ideal, 1)))) }

  private static func widened(_ range: ClosedRange<Double>, to step: Double) -> ClosedRange<Double> {
    (floor(range.lowerBound / step + 1e-9) * step)...(ceil(range.upperBound / step - 1e-9) * step)
  }

  /// The next of 1, 2, 5 × 10ⁿ at or below.
  private static func below(_ value: Double) -> Double {
    let unit = pow(10, floor(log10(value) + 1e-9))
    return ([5, 2, 1].first { $0 * unit <= value * (1 + 1e-9) } ?? 1) * unit
  }

  /// The next of 1, 2, 5 × 10ⁿ at or above.
  private static func above(_ value: Double) -> Double {
    let unit = pow(10, floor(log10(value) + 1e-9))
    return ([1, 2, 5].first { $0 * unit >= value * (1 - 1e-9) } ?? 10) * unit
  }
}
