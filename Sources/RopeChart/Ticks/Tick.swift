/// A place on an axis that is marked, and labelled where it is a major one.
public struct Tick: Sendable, Hashable {
  public var value: Double
  /// Empty for minor ticks and for major ones whose label had no room.
  public var label: String
  public var isMajor: Bool

  public init(_ value: Double, label: String, isMajor: Bool = true) {
    self.value = value
    self.label = label
    self.isMajor = isMajor
  }
}
