import Foundation

extension Colour {
  /// Lightness L* of CIELAB, 0 for black, 100 for white.
  public var lightness: Double {
    let y = luminance
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : 24389.0 / 27 * y
  }

  /// The shade of this hue, mixed with black or white, that has a lightness.
  public func shade(lightness wanted: Double) -> Colour {
    let goal = Colour(rgb: wanted < lightness ? 0 : 0xFFFFFF)
    var low = 0.0, high = 1.0
    for _ in 0..<24 {
      let middle = (low + high) / 2
      // Lightness moves towards the goal's along the way.
      let isShort = abs(mixed(with: goal, share: middle).lightness - lightness) < abs(wanted - lightness)
      if isShort { low = middle } else { high = middle }
    }
    return Colour(rgb: mixed(with: goal, share: high).rgb)
  }
}
