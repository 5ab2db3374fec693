import Foundation
import RopeChart
import Testing

@Suite struct PaletteTests {
  private let dark = Theme.dark.colour(of: .ground)
  private let white = Theme.light.colour(of: .ground)

  @Test func linesStandOutFromTheGround() {
    for style in GalleryStyles.all {
      #expect(Colour(hex: style.light).contrast(with: white) >= 2.99, "\(style.key) on white")
      #expect(Colour(hex: style.dark).contrast(with: dark) >= 4.5, "\(style.key) on near-black")
    }
  }

  @Test(arguments: Theme.allCases) func textIsReadable(theme: Theme) {
    let ground = theme.colour(of: .ground)
    let paints = [Paint.ink, .mutedInk, .link] + GalleryStyles.all.map { .seriesText($0) }
    for paint in paints { #expect(theme.colour(of: paint).contrast(with: ground) >= 4.5, "\(paint) in \(theme)") }
    #expect(theme.colour(of: .mutedInk).contrast(with: theme.colour(of: .shade)) >= 4.5)
  }

  /// The worst pair over normal vision and the three deficiencies, against the distances that the palette was chosen for.
  @Test func methodsStayApartForEveryEye() {
    for (colours, least) in [(GalleryStyles.all.map(\.light), 12.0), (GalleryStyles.all.map(\.dark), 11.5)] {
      var worst = (distance: Double.infinity, what: "")
      for vision in ColourDifference.Vision.allCases {
        let seen = colours.map { ColourDifference.seen(Colour(hex: $0), by: vision) }
        for one in seen.indices {
          for other in seen.indices where other > one {
            let distance = ColourDifference.deltaE(seen[one], seen[other])
            if distance < worst.distance { worst = (distance, "\(colours[one]) \(colours[other]) \(vision)") }
          }
        }
      }
      #expect(worst.distance >= least, "\(worst.distance) for \(worst.what)")
    }
  }

  /// Pairs from the test data of Sharma, Wu and Dalal are in CIELAB; sRGB corners are checked against their known values.
  @Test func colourDifferenceIsCorrect() {
    let red = Colour(hex: "FF0000")
    let green = Colour(hex: "00FF00")
    #expect(abs(ColourDifference.deltaE(red, green) - 86.608) < 0.01)
    #expect(abs(ColourDifference.deltaE(Colour(hex: "000000"), white) - 100) < 0.01)
    #expect(ColourDifference.deltaE(red, red) == 0)
  }

  @Test func coloursReadAndWriteHexadecimal() {
    #expect(Colour(hex: "#0072B2").hex == "0072B2")
    #expect(Colour(hex: "nonsense").hex == "000000")
    #expect(abs(Colour(hex: "777777").contrast(with: white) - 4.478) < 0.001)
  }

  @Test func mapsRunFromEndToEnd() {
    #expect(ColourMap(.sequential).rgb(at: 0) == 0x00224E)
    #expect(ColourMap(.sequential).rgb(at: 7) == 0xFEE838)
    #expect(ColourMap(.sequential).rgb(at: .nan) == nil)
    #expect(ColourMap(.cyclic).rgb(at: 0) == ColourMap(.cyclic).rgb(at: 1))
    let luminances = (0...32).map { Colour(rgb: ColourMap(.sequential).rgb(at: Double($0) / 32) ?? 0).luminance }
    #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// From none at all over seldom to often every step is darker, so that grey print keeps the order.
  @Test func densitiesDarkenFromNone() {
    let map = ColourMap(.density)
    #expect(map.rgb(at: .nan) == nil)
    let none = Theme.light.colour(of: .ground).luminance
    let steps = (0...32).compactMap { map.rgb(at: Double($0) / 32) }.map { Colour(rgb: $0).luminance }
    #expect(steps.count == 33 && zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
    // The same lightness (L*) apart as two of five even steps are.
    func lightness(_ luminance: Double) -> Double { 116 * pow(luminance, 1.0 / 3) - 16 }
    #expect(lightness(none) - lightness(steps[0]) > 15 && lightness(steps[0]) - lightness(steps[32]) > 55)
  }
}
