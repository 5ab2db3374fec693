/// Writes a display list as SVG with real text and one class for each paint.
public struct SVGWriter: Sendable {
  public init() {}

  public func write(_ list: DisplayList, title: String, description: String) -> String { "" }
}
