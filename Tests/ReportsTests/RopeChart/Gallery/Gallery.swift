import Foundation
import RopeChart

/// Test charts that between them use every mark and every rule of the layout, on numbers of the kind that the product
/// draws.
enum Gallery {
  static let all: [Figure] = [
    wavelengths, ratios, entropy, perplexity, decay, summary, needle, angles, difference, temperature, cache, hostile,
  ]

  private static let pairs: [Double] = (0..<64).map { Double($0) }
  private static func inverse(_ pair: Double) -> Double { pow(1e6, -pair / 64) }
  private static let trained = 32768.0
  private static let target = 131072.0

  private static func ramp(_ pair: Double) -> Double { min(max((pair - 23) / 17, 0), 1) }
  private static func ratio(_ method: Int, _ pair: Double) -> Double {
    switch method {
    case 1: 0.25
    case 2: pow(4, -pair / 63)
    case 3: pow(2.6, -pair / 63)
    case 4: 1 - 0.75 * ramp(pair)
    case 5: pair < 30 ? 1 : pair < 40 ? 0.62 : 0.25
    case 6: 1 - 0.75 * min(max((pair - 26) / 9, 0), 1)
    case 7: pow(4, -pow(pair / 63, 1.6))
    default: 1
    }
  }

  private static func series(_ method: Int, x: [Double], y: (Double) -> Double) -> Mark.Series {
    Mark.Series(label: GalleryStyles.names[method], style: GalleryStyles.all[method], x: x, y: x.map(y))
  }

  /// Steps on a logarithmic axis with lying rules.
  static let wavelengths = Figure(
    id: "wavelength", title: "24 of 64 pairs never complete a turn in the trained 32k tokens",
    caption: "Wavelength of each pair.", alternativeText: "Wavelength against pair index.",
    panels: [
      Panel(
        x: Axis("Pair index", format: .pairIndex),
        y: Axis("Wavelength (tokens)", scale: .log10, format: .tokens),
        marks: [
          .region(.init(.horizontal, from: trained, to: .infinity, label: "")),
          .rule(.init(.horizontal, at: trained, label: "trained 32k")),
          .rule(.init(.horizontal, at: target, label: "target 128k")),
        ]
          + [0, 1, 4].map { method in
            .steps(series(method, x: pairs) { 2 * Double.pi / (inverse($0) * ratio(method, $0)) })
          })
    ])

  /// Eight methods that end at few values: labels pushed apart, leaders, coinciding lines.
  static let ratios = Figure(
    id: "ratios", title: "YaRN and Llama-3 leave the fast pairs alone",
    caption: "Interpolation ratio.", alternativeText: "Interpolation ratio against pair index.",
    panels: [
      Panel(
        x: Axis("Pair index", format: .pairIndex, requiredTicks: [23, 40]),
        y: Axis("Interpolation ratio θ′/θ (1 = as trained)", scale: .log2),
        marks: [
          .rule(.init(.vertical, at: 23, label: "ramp from 23")), .rule(.init(.vertical, at: 40, label: "to 40")),
        ] + (0..<8).map { method in .steps(series(method, x: pairs) { ratio(method, $0) }) })
    ])

  /// Closed form as lines, simulation as points with bars, token lengths on a log₂ axis.
  static let entropy = Figure(
    id: "entropy", title: "YaRN’s temperature holds the entropy almost constant",
    caption: "Entropy.", alternativeText: "Entropy against length.",
    panels: [
      Panel(
        x: Axis("Context length (tokens)", scale: .log2, format: .tokens, requiredTicks: [trained, target]),
        y: Axis("Attention entropy (nats)"),
        marks: [
          .rule(.init(.vertical, at: trained, label: "trained 32k")),
          .rule(.init(.vertical, at: target, label: "target 128k")),
        ]
          + [(0, 0.0), (4, 0.35), (2, 0.18)].flatMap { method, slope -> [Mark] in
            let x = (0...24).map { 1024 * exp2(Double($0) * 7 / 24) }
            let closed = { (length: Double) in log(length) * (1 - slope * 0.3) - 2 + slope }
            var simulated = Mark.Series(
              label: "", style: GalleryStyles.all[method], x: (0...7).map { 1024 * exp2(Double($0)) }, y: [])
            simulated.y = simulated.x.map { closed($0) + 0.04 * sin($0) }
            simulated.lower = simulated.y.map { $0 - 0.12 }
            simulated.upper = simulated.y.map { $0 + 0.12 }
            var line = series(method, x: x, y: closed)
            line.style.marker = .none
            return [.line(line), .points(simulated)]
          })
    ])

  /// Lines that leave the frame, a band of standard errors.
  static let perplexity = Figure(
    id: "perplexity", title: "Without scaling perplexity explodes beyond 32k",
    caption: "Perplexity.", alternativeText: "Perplexity against length.",
    panels: [
      Panel(
        x: Axis("Evaluation length (tokens)", scale: .log2, format: .tokens, requiredTicks: [trained, target]),
        y: Axis("Perplexity (lower is better)", domain: 2.4...4),
        marks: {
          let x = (12...17).map { exp2(Double($0)) }
          let values: [[Double]] = [
            [3.4, 3.2, 3.05, 2.95, 412, 12_300], [3.7, 3.5, 3.35, 3.2, 3.1, 3.05], [3.4, 3.2, 3.05, 2.97, 3.3, 8.7],
            [], [3.42, 3.21, 3.06, 2.94, 2.84, 2.78],
          ]
          return [.rule(.init(.vertical, at: trained, label: "trained 32k"))]
            + [0, 1, 2, 4].flatMap { method -> [Mark] in
              var line = Mark.Series(
                label: GalleryStyles.names[method], style: GalleryStyles.all[method], x: x, y: values[method])
              guard method == 4 else { return [.line(line)] }
              line.lower = line.y.map { $0 - 0.06 }
              line.upper = line.y.map { $0 + 0.06 }
              return [.band(line), .line(line)]
            }
        }())
    ])

  /// Many points: decimation; an envelope; a note.
  static let decay = Figure(
    id: "decay", title: "The mean score changes sign first at 1 024 tokens",
    caption: "Mean score against distance.", alternativeText: "Score against distance.",
    panels: [
      Panel(
        x: Axis("Distance (tokens)", format: .tokens, requiredTicks: [trained]),
        y: Axis("Mean score, share of the score at distance 0"),
        marks: {
          let x = stride(from: 0, through: 65536, by: 8).map { Double($0) }
          func score(_ factor: Double) -> [Double] {
            x.map { distance in pairs.reduce(0) { $0 + cos(distance * inverse($1) * factor) } / 64 }
          }
          return [
            .rule(.init(.horizontal, at: 0, label: "0")), .rule(.init(.vertical, at: trained, label: "trained 32k")),
            .line(.init(label: "None", style: GalleryStyles.none, x: x, y: score(1))),
            .line(.init(label: "PI", style: GalleryStyles.linear, x: x, y: score(0.25))),
            .note(.init(x: 9000, y: 0.3, text: "first sign change")),
          ]
        }())
    ])

  /// Dots in rows, four panels with shared rows.
  static let summary = Figure(
    id: "summary", title: "Methods by property",
    caption: "Summary.", alternativeText: "Methods by property.",
    panels: [
      dots("Phase-safe length (tokens)", Axis("tokens", scale: .log2, format: .tokens)) { 32768 * pow(4, $0 / 7) },
      dots("Resolution kept", Axis("share of untouched", format: .percent, domain: 0...1)) { 1 - $0 / 9 },
      dots("Logit factor", Axis("×", format: .number)) { 1 + $0.truncatingRemainder(dividingBy: 3) * 0.148 },
      dots("Mean new arc", Axis("radians", format: .radians, domain: 0...(2 * Double.pi))) { $0 * 0.7 },
    ], columns: 4, aspect: 1.2)

  private static func dots(_ title: String, _ axis: Axis, value: (Double) -> Double) -> Panel {
    let marks = (0..<8).map { row -> Mark in
      let x = value(Double(row))
      let hasBar = row == 4
      return .dots(
        .init(
          label: "", style: GalleryStyles.all[row], x: [x], y: [Double(row)], lower: hasBar ? [x * 0.9] : [],
          upper: hasBar ? [x * 1.1] : []))
    }
    return Panel(title: title, x: axis, y: Axis("", scale: .categories(GalleryStyles.names)), marks: marks)
  }

  /// Printed values, cells without a value, one colour bar for three maps.
  static let needle = Figure(
    id: "needle", title: "YaRN finds the passkey at every depth up to 64k",
    caption: "Passkey accuracy.", alternativeText: "Passkey accuracy by length and depth.",
    panels: [0, 2, 4].map { method in
      Panel(
        title: GalleryStyles.names[method],
        x: Axis("Context length (tokens)", scale: .categories(["4k", "8k", "16k", "32k", "64k", "128k"])),
        y: Axis("Depth", scale: .categories(["0 %", "25 %", "50 %", "75 %", "100 %"])),
        marks: [
          .cells(
            .init(
              xEdges: (0...6).map { Double($0) - 0.5 }, yEdges: (0...5).map { Double($0) - 0.5 },
              values: (0..<30).map { cell in
                let column = cell % 6
                if column == 5, cell / 6 == 4 { return .nan }
                return min(1, max(0, 1.2 - Double(max(0, column - 2 - method / 2)) * 0.37 - Double(cell / 6) * 0.03))
              }, domain: 0...1, label: "Passkey accuracy (%)", format: .percent)),
          .rule(.init(.vertical, at: 3.5, label: "trained")),
        ])
    }, columns: 3, aspect: 0.9)

  /// A large cyclic map on a logarithmic axis, two panels.
  static let angles = Figure(
    id: "angles", title: "Angles by pair and position",
    caption: "Angles.", alternativeText: "Angles by pair and position.",
    panels: [0, 4].map { method in
      Panel(
        title: GalleryStyles.names[method], x: Axis("Position (tokens)", scale: .log2, format: .tokens),
        y: Axis("Pair index", format: .pairIndex, domain: -0.5...63.5),
        marks: [
          .cells(
            .init(
              xEdges: (0...96).map { 128 * exp2(Double($0) * 10 / 96) }, yEdges: (0...64).map { Double($0) - 0.5 },
              values: pairs.flatMap { pair in
                (0..<96).map { column in
                  let position = 128 * exp2((Double(column) + 0.5) * 10 / 96)
                  let angle = position * inverse(pair) * ratio(method, pair)
                  return angle.truncatingRemainder(dividingBy: 2 * Double.pi)
                }
              }, colours: .cyclic, domain: 0...(2 * Double.pi), label: "Angle (rad)", format: .radians)),
          .rule(.init(.vertical, at: trained, label: "trained 32k")),
        ])
    }, columns: 2, aspect: 0.8)

  /// A diverging map of unequal columns.
  static let difference = Figure(
    id: "difference", title: "YaRN loses nothing at short lengths",
    caption: "Difference.", alternativeText: "Difference of two methods.",
    panels: [
      Panel(
        x: Axis("Context length (tokens)", format: .tokens),
        y: Axis("Layer", scale: .linear, format: .pairIndex, reversed: true),
        marks: [
          .cells(
            .init(
              xEdges: [0, 4096, 8192, 16384, 32768, 65536], yEdges: (0...8).map { Double($0) - 0.5 },
              values: (0..<40).map { sin(Double($0)) * 0.04 }, colours: .diverging, domain: -0.05...0.05,
              label: "Difference (nats per token)"))
        ])
    ])

  /// Two panels with axes of their own, strips, angles on the axis.
  static let temperature = Figure(
    id: "temperature", title: "The temperature that holds entropy lies near 0.1 ln s + 1",
    caption: "Temperature.", alternativeText: "Temperature against scale.",
    panels: [
      Panel(
        title: "Temperature", x: Axis("Scale s", scale: .log2), y: Axis("Logit factor"),
        marks: [
          .line(series(4, x: (0...50).map { exp2(Double($0) / 10) }) { pow(0.1 * log($0) + 1, 2) }),
          .line(series(2, x: (0...50).map { exp2(Double($0) / 10) }) { 1 + 0.17 * log($0) }),
        ]),
      Panel(
        title: "Unseen arc at the target", x: Axis("Pair index", format: .pairIndex),
        y: Axis("Unseen arc (rad)", format: .radians),
        marks: [
          .region(.init(.vertical, from: 40, to: 63.5, label: "never a full turn")),
          .steps(series(0, x: pairs) { max(0, min(2 * Double.pi, 1e5 * inverse($0)) * (($0 > 40) ? 0.75 : 0)) }),
        ]),
    ], columns: 2)

  /// Bytes in binary units, a series that ends early.
  static let cache = Figure(
    id: "cache", title: "At 128k the cache takes 7 GiB",
    caption: "Cache.", alternativeText: "Cache size against length.",
    panels: [
      Panel(
        x: Axis("Context length (tokens)", format: .tokens), y: Axis("KV cache", format: .bytes),
        marks: [
          .line(series(0, x: (0...32).map { Double($0) * 4096 }) { $0 * 57344 }),
          .line(series(1, x: (0...26).map { Double($0) * 4096 }) { $0 * 28672 }),
        ])
    ])

  /// What files and flags may bring: markup, control characters, very long labels, no data, one point.
  static let hostile = Figure(
    id: "hostile", title: "<script>alert(1)</script> & a title that is far longer than the width of any page allows it",
    caption: "", alternativeText: "\u{0}\"quoted\" <b>",
    panels: [
      Panel(
        title: "A model named <script>alert(\"x\")</script> & sons in a panel title that must wrap",
        x: Axis(
          "An axis label that goes on and on until it can by no means stand on a single line of the page (units)"),
        y: Axis("Another label that is too long for its axis (units per other unit, lower is better)"),
        marks: [
          .line(
            .init(
              label: "</text><script>\u{1}", style: GalleryStyles.yarn, x: [0, 1, .nan, 3], y: [1, 2, 3, .infinity]))
        ]),
      Panel(x: Axis("none"), y: Axis("empty", scale: .log10), marks: []),
      Panel(
        x: Axis("one point"), y: Axis("10⁻³", scale: .linear),
        marks: [.points(.init(label: "one", style: GalleryStyles.ntk, x: [2], y: [1e-5]))]),
    ], columns: 3)
}
