import Foundation

/// A colour in sRGB, components 0 … 1.
public struct Colour: Sendable, Hashable {
  public var red: Double
  public var green: Double
  public var blue: Double

  public init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// 0xRRGGBB.
  public init(rgb: UInt32) {
    red = Double(rgb >> 16 & 255) / 255
    green = Double(rgb >> 8 & 255) / 255
    blue = Double(rgb & 255) / 255
  }

  /// Six hexadecimal digits, with or without `#`; anything else is black.
  public init(hex: String) {
    let digits = hex.hasPrefix("#") ? String(hex.dropFirst()) : hex
    self.init(rgb: digits.utf8.count == 6 ? UInt32(digits, radix: 16) ?? 0 : 0)
  }

  /// 0xRRGGBB, each component rounded to 8 bits.
  public var rgb: UInt32 {
    func byte(_ value: Double) -> UInt32 { UInt32((min(max(value, 0), 1) * 255).rounded()) }
    return byte(red) << 16 | byte(green) << 8 | byte(blue)
  }

  /// `RRGGBB` in capitals.
  public var hex: String {
    let digits = String(rgb, radix: 16, uppercase: true)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Relative luminance of WCAG 2: 0 for black, 1 for white.
  public var luminance: Double {
    func linear(_ value: Double) -> Double { value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio of WCAG 2, 1 … 21.
  public func contrast(with other: Colour) -> Double {
    let pair = [luminance, other.luminance].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  public func mixed(with other: Colour, share: Double) -> Colour {
    Colour(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share)
  }

  /// The nearest shade of this hue, darker or lighter, that has at least `contrast` with `ground`.
  public func readable(on ground: Colour, contrast: Double) -> Colour {
    let black = Colour(rgb: 0)
    let white = Colour(rgb: 0xFFFFFF)
    let goal = ground.contrast(with: black) > ground.contrast(with: white) ? black : white
    for step in 0...50 {
      let shade = Colour(rgb: mixed(with: goal, share: Double(step) / 50).rgb)
      if shade.contrast(with: ground) >= contrast { return shade }
    }
    return goal
  }
}
