/// Where an axis is cut: either end may be left to the data.
public struct AxisLimits: Sendable, Hashable {
  public var lower: Double?
  public var upper: Double?

  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}

extension Panel {
  /// Cuts an axis; an end that is left open lies where the data ends. Nothing changes where no range is left.
  public mutating func limit(_ axis: WritableKeyPath<Panel, Axis>, to limits: AxisLimits) {
    let content = PanelContent(self)
    let values = axis == \.x ? content.xValues : content.yValues
    let own = self[keyPath: axis].domain ?? values
    guard let lower = limits.lower ?? own?.lowerBound, let upper = limits.upper ?? own?.upperBound, lower < upper else {
      return
    }
    self[keyPath: axis].domain = lower...upper
    self[keyPath: axis].requiredTicks.removeAll { !(lower...upper).contains($0) }
  }
}
