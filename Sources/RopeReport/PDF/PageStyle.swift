/// Paper, margins and type of a PDF report. All lengths are points (1/72 in).
public struct PageStyle: Sendable, Hashable, Codable {
  public var width: Double
  public var height: Double
  public var left: Double
  public var right: Double
  public var top: Double
  public var bottom: Double
  /// Width of paragraphs; figures and tables take the full width between the margins.
  public var measure: Double
  public var textSize: Double
  /// From baseline to baseline of running text.
  public var leading: Double

  public init(
    width: Double, height: Double, left: Double = 64, right: Double = 64, top: Double = 76, bottom: Double = 68,
    measure: Double = 412, textSize: Double = 10.5, leading: Double = 14
  ) {
    self.width = width
    self.height = height
    self.left = left
    self.right = right
    self.top = top
    self.bottom = bottom
    self.measure = measure
    self.textSize = textSize
    self.leading = leading
  }

  public static let a4 = PageStyle(width: 595.276, height: 841.89)
  public static let letter = PageStyle(width: 612, height: 792)

  /// The same paper with smaller type and margins.
  func scaled(by scale: Double) -> PageStyle {
    let side = left * scale
    return PageStyle(
      width: width, height: height, left: side, right: right * scale, top: top * scale, bottom: bottom * scale,
      measure: width - side - right * scale - 55, textSize: textSize * scale, leading: leading * scale)
  }

  /// Width between the margins: that of figures and tables.
  public var columnWidth: Double { width - left - right }
  /// Height between the margins.
  public var columnHeight: Double { height - top - bottom }
}
