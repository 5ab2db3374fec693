/// The ground that a display list is shown on; gives each paint its colour.
public enum Theme: String, Sendable, CaseIterable, Codable {
  /// White ground on a screen.
  case light
  /// Near-black ground on a screen.
  case dark
  /// Paper: black ink on white.
  case print

  public func colour(of paint: Paint) -> Colour {
    switch paint {
    case .ink: pick(0x1A1A1A, 0xECECEC, 0x000000)
    case .mutedInk: pick(0x555555, 0xB4B4B4, 0x404040)
    case .grid: pick(0xD6D6D6, 0x3A3A3A, 0xCCCCCC)
    case .ground: pick(0xFFFFFF, 0x121212, 0xFFFFFF)
    case .shade: pick(0xEFEFEF, 0x242424, 0xEEEEEE)
    case .link: pick(0x0B57A4, 0x7CB7FF, 0x0B4A8F)
    case .fixed(let hex): Colour(hex: hex)
    case .series(let style): Colour(hex: self == .dark ? style.dark : style.light)
    case .seriesText(let style):
      colour(of: .series(style)).readable(on: colour(of: .ground), contrast: 4.5)
    }
  }

  private func pick(_ light: UInt32, _ dark: UInt32, _ print: UInt32) -> Colour {
    switch self {
    case .light: Colour(rgb: light)
    case .dark: Colour(rgb: dark)
    case .print: Colour(rgb: print)
    }
  }
}
