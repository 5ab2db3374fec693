/// One sentence of a verdict, with the figure that shows it.
public struct VerdictSentence: Sendable, Hashable, Codable {
  public var text: String
  /// Kind of the figure that the sentence can be seen in.
  public var figure: String?

  public init(_ text: String, figure: String? = nil) {
    self.text = text
    self.figure = figure
  }
}
