/// Where an axis is cut: either end may be left to the data.
public struct AxisLimits: Sendable, Hashable {
  public var lower: Double?
  public var upper: Double?

  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }

  public func overlap(_ range: ClosedRange<Double>) -> Bool {
    (lower ?? -.infinity) <= range.upperBound && (upper ?? .infinity) >= range.lowerBound
  }
}

extension Panel {
  /// From where to where its data lie along an axis, of y what x lets be seen; nil where there are none.
  public func dataRange(_ axis: WritableKeyPath<Panel, Axis>) -> ClosedRange<Double>? {
    var data = self
    data.marks.removeAll { mark in
      switch mark {
      case .rule, .region, .note: true
      default: false
      }
    }
    data[keyPath: axis].requiredTicks = []
    let content = PanelContent(data)
    return axis == \.x ? content.xValues : content.yValues
  }

  /// Cuts an axis; an end that is left open lies where the data ends. Nothing changes where no range is left.
  ///
  /// - Returns: Whether one is left.
  @discardableResult
  public mutating func limit(_ axis: WritableKeyPath<Panel, Axis>, to limits: AxisLimits) -> Bool {
    let content = PanelContent(self)
    let values = axis == \.x ? content.xValues : content.yValues
    let own = self[keyPath: axis].domain ?? values
    guard let lower = limits.lower ?? own?.lowerBound, let upper = limits.upper ?? own?.upperBound, lower < upper else {
      return false
    }
    self[keyPath: axis].domain = lower...upper
    self[keyPath: axis].requiredTicks.removeAll { !(lower...upper).contains($0) }
    return true
  }
}
