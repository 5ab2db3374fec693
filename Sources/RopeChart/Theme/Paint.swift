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
  /// A series' colour, for lines and markers.
  case series(SeriesStyle)
  /// The same hue, deepened (or lightened on dark ground) until text in it has a contrast of 4.5:1.
  case seriesText(SeriesStyle)
}
