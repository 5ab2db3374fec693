/// How a series looks wherever it appears: colour for light and dark ground, dash and marker, so that colour is never
/// the only channel.
public struct SeriesStyle: Sendable, Hashable, Codable {
  /// A name that HTML can address: letters, digits and hyphens, `yarn`.
  public var key: String
  /// On white and on near-black ground; `RRGGBB`.
  public var light: String
  public var dark: String
  /// On and off lengths in units of the line's width; empty for a solid line.
  public var dash: [Double]
  public var marker: Marker

  public enum Marker: String, Sendable, Codable, CaseIterable {
    case none, circle, filledCircle, square, filledSquare, triangle, filledTriangle, diamond, filledDiamond
    case invertedTriangle, cross, plus, star

    /// What stands at a point that must be seen: series without a marker have this one there.
    public var onPoint: Marker { self == .none ? .filledCircle : self }
  }

  public init(key: String, light: String, dark: String, dash: [Double] = [], marker: Marker = .none) {
    self.key = key
    self.light = light
    self.dark = dark
    self.dash = dash
    self.marker = marker
  }
}
