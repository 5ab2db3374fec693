import Foundation
import RopeChart

/// How far apart two colours look: CIEDE2000 (Sharma, Wu and Dalal 2005), also as people with a colour-vision
/// deficiency see them (Machado, Oliveira and Fernandes 2009, full severity).
enum ColourDifference {
  enum Vision: CaseIterable { case normal, protan, deutan, tritan }

  static func seen(_ colour: Colour, by vision: Vision) -> Colour {
    let matrix: [[Double]]
    switch vision {
    case .normal: return colour
    case .protan:
      matrix = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deutan:
      matrix = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritan:
      matrix = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
    let rgb = linear(colour)
    let mixed = matrix.map { row in min(max(zip(row, rgb).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1) }
    let encoded = mixed.map { $0 <= 0.0031308 ? 12.92 * $0 : 1.055 * pow($0, 1 / 2.4) - 0.055 }
    return Colour(red: encoded[0], green: encoded[1], blue: encoded[2])
  }

  static func deltaE(_ one: Colour, _ other: Colour) -> Double {
    let (l1, a1, b1) = lab(one)
    let (l2, a2, b2) = lab(other)
    let radians = Double.pi / 180
    let meanC = (hypot(a1, b1) + hypot(a2, b2)) / 2
    let g = 0.5 * (1 - sqrt(pow(meanC, 7) / (pow(meanC, 7) + pow(25, 7))))
    let (c1, c2) = (hypot((1 + g) * a1, b1), hypot((1 + g) * a2, b2))
    func hue(_ a: Double, _ b: Double) -> Double {
      guard a != 0 || b != 0 else { return 0 }
      let angle = atan2(b, a) / radians
      return angle < 0 ? angle + 360 : angle
    }
    let (h1, h2) = (hue((1 + g) * a1, b1), hue((1 + g) * a2, b2))
    var dh = h2 - h1
    if c1 * c2 == 0 { dh = 0 } else if dh > 180 { dh -= 360 } else if dh < -180 { dh += 360 }
    let deltaH = 2 * sqrt(c1 * c2) * sin(dh / 2 * radians)
    let meanL = (l1 + l2) / 2
    let meanC2 = (c1 + c2) / 2
    var meanH = h1 + h2
    if c1 * c2 != 0 {
      if abs(h1 - h2) <= 180 { meanH /= 2 } else { meanH = meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2 }
    }
    let t =
      1 - 0.17 * cos((meanH - 30) * radians) + 0.24 * cos(2 * meanH * radians)
      + 0.32 * cos((3 * meanH + 6) * radians) - 0.2 * cos((4 * meanH - 63) * radians)
    let sl = 1 + 0.015 * pow(meanL - 50, 2) / sqrt(20 + pow(meanL - 50, 2))
    let sc = 1 + 0.045 * meanC2
    let sh = 1 + 0.015 * meanC2 * t
    let rc = 2 * sqrt(pow(meanC2, 7) / (pow(meanC2, 7) + pow(25, 7)))
    let rt = -sin(60 * exp(-pow((meanH - 275) / 25, 2)) * radians) * rc
    let (dl, dc, dH) = ((l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh)
    return sqrt(dl * dl + dc * dc + dH * dH + rt * dc * dH)
  }

  private static func linear(_ colour: Colour) -> [Double] {
    [colour.red, colour.green, colour.blue].map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
  }

  /// CIELAB under D65.
  static func lab(_ colour: Colour) -> (Double, Double, Double) {
    let rgb = linear(colour)
    let x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047
    let y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]
    let z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883
    func f(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
    return (116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)))
  }
}
