/// A colour by its role, so that one display list serves light, dark and print.
public enum Paint: Sendable, Hashable, Codable {
  /// Text and axis lines: near black on light ground, near white on dark.
  case ink
  /// Secondary text, ticks.
  case mutedInk
  /// Hairlines of the grid.
  case grid
  /// The ground behind the chart.
  case ground
  /// Shaded regions.
  case shade
  /// A link in a text.
  case link
  /// A fixed colour, `RRGGBB`, the same on every ground: cells of a map.
  case fixed(String)
  /// A series' colour.
  case series(SeriesStyle)
}
