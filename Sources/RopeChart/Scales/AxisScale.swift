import Foundation

/// Maps an axis's values to points along it and back.
public struct AxisScale: Sendable {
  public let kind: Axis.Scale
  /// Lower and upper end in data units, lower < upper; positive on logarithmic scales.
  public let domain: ClosedRange<Double>
  /// Points at which the domain's ends lie; `start > end` for an axis that runs upwards or backwards.
  public let start: Double
  public let end: Double

  public init(_ kind: Axis.Scale, domain: ClosedRange<Double>, start: Double, end: Double) {
    self.kind = kind
    self.domain = domain
    self.start = start
    self.end = end
  }

  public var isLogarithmic: Bool {
    switch kind {
    case .log10, .log2: true
    case .linear, .categories: false
    }
  }

  /// The point of a value, also beyond the domain; nil where the scale has none (not finite, not positive on a log).
  public func position(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let low = transformed(domain.lowerBound)
    let span = transformed(domain.upperBound) - low
    guard span > 0 else { return (start + end) / 2 }
    let share = (transformed(value) - low) / span
    return min(max(start + (end - start) * share, -1e7), 1e7)
  }

  /// The value at a point.
  public func value(at position: Double) -> Double {
    let low = transformed(domain.lowerBound)
    let high = transformed(domain.upperBound)
    guard end != start else { return domain.lowerBound }
    let share = low + (high - low) * (position - start) / (end - start)
    return isLogarithmic ? exp2(share) : share
  }

  /// Whether a value lies in the domain, with a tolerance of a billionth of its span.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite, !isLogarithmic || value > 0 else { return false }
    let low = transformed(domain.lowerBound)
    let high = transformed(domain.upperBound)
    let slack = (high - low) * 1e-9
    return transformed(value) >= low - slack && transformed(value) <= high + slack
  }

  private func transformed(_ value: Double) -> Double { isLogarithmic ? log2(value) : value }
}
