/// A chart as a value: what to show and on which scales, before any layout.
public struct Figure: Sendable, Hashable, Codable {
  /// kebab-case kind: `wavelength`.
  public var id: String
  /// The message, computed from the data; drawn above the chart in reports and slides, left to the caption in papers.
  public var title: String
  /// The exact description: what is drawn, how it was computed, sample counts and seeds.
  public var caption: String
  /// For readers who cannot see it: kind, axes, series and the finding.
  public var alternativeText: String
  /// Small multiples in reading order.
  public var panels: [Panel]
  /// Panels side by side before the next row begins, on a wide page.
  public var columns: Int
  /// Height of one panel's frame as a share of its width.
  public var aspect: Double
  /// What its words are told in, after BCP 47.
  public var language = "en"

  public init(
    id: String, title: String, caption: String, alternativeText: String, panels: [Panel], columns: Int = 1,
    aspect: Double = 0.618
  ) {
    self.id = id
    self.title = title
    self.caption = caption
    self.alternativeText = alternativeText
    self.panels = panels
    self.columns = columns
    self.aspect = aspect
  }
}
