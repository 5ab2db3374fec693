import Foundation

/// Colours for the values of a heat map, by linear interpolation between stops.
///
/// Sequential is cividis (Nuñez, Anderton and Renslow 2018), diverging the ends of ColorBrewer's blue–orange around
/// white, cyclic a dark–light ring in the manner of matplotlib's twilight, equal at both ends.
public struct ColourMap: Sendable {
  private let table: [UInt32]

  public init(_ colours: Mark.Cells.Colours) {
    let stops: [UInt32] =
      switch colours {
      case .sequential:
        [0x00224E, 0x1A386F, 0x434E6C, 0x61656F, 0x7D7C78, 0x9A9376, 0xBBAD6D, 0xDDC858, 0xFEE838]
      case .density: [0xDDC858, 0xBBAD6D, 0x9A9376, 0x7D7C78, 0x61656F, 0x434E6C, 0x1A386F, 0x00224E]
      case .diverging: [0x2166AC, 0x8CB2D3, 0xF7F7F7, 0xD5A47F, 0xB35806]
      case .cyclic: [0xE2D9E2, 0x9EBBC8, 0x6785BE, 0x5E43A5, 0x2F1436, 0x8E2C50, 0xBA6657, 0xCEAC94, 0xE2D9E2]
      }
    table = (0..<256).map { entry in
      let place = Double(entry) / 255 * Double(stops.count - 1)
      let left = min(Int(place), stops.count - 2)
      let colour = Colour(rgb: stops[left]).mixed(with: Colour(rgb: stops[left + 1]), share: place - Double(left))
      return colour.rgb
    }
  }

  /// 0xRRGGBB of a share of the domain; shares outside 0 … 1 take the end colours, not-a-number shows the ground.
  public func rgb(at share: Double) -> UInt32? {
    guard !share.isNaN else { return nil }
    return table[Int((min(max(share, 0), 1) * 255).rounded())]
  }
}
