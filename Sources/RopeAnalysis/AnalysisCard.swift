import RopeMath

/// What an analysis is, in words: printed beside its numbers wherever they appear.
public struct AnalysisCard: Sendable {
  /// kebab-case: `attention-entropy`.
  public let id: String
  public let title: String
  /// Unit of y.
  public let unit: String
  /// What x counts, with its unit.
  public let xLabel: String
  /// The formula in plain text.
  public let formula: String
  /// What it assumes, and what it does not say.
  public let caveat: String
  public let references: [Reference]

  public init(
    id: String, title: String, unit: String, xLabel: String, formula: String, caveat: String = "",
    references: [Reference] = []
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.xLabel = xLabel
    self.formula = formula
    self.caveat = caveat
    self.references = references
  }
}
