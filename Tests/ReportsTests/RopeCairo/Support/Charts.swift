import RopeCairo
import RopeChart

/// Small charts for the renderers.
enum Charts {
  static let yarn = SeriesStyle(key: "yarn", light: "009E73", dark: "00E5A7", dash: [3, 1], marker: .filledDiamond)

  static let lines = Figure(
    id: "lines", title: "Lines", caption: "", alternativeText: "",
    panels: [
      Panel(
        x: Axis("Context length (tokens)", scale: .log2, format: .tokens),
        y: Axis("Interpolation ratio θ′/θ", scale: .log10, domain: 1e-6...10),
        marks: [
          .band(.init(label: "", style: yarn, x: [1024, 4096], y: [], lower: [0.1, 0.2], upper: [0.4, 0.8])),
          .line(.init(label: "YaRN", style: yarn, x: [1024, 2048, 4096], y: [0.25, 0.3, 0.5])),
          .rule(.init(.vertical, at: 2048, label: "office fluff")),
        ])
    ])

  static let map = Figure(
    id: "map", title: "Map", caption: "", alternativeText: "",
    panels: [
      Panel(
        x: Axis("Position", format: .pairIndex), y: Axis("Pair", format: .pairIndex),
        marks: [
          .cells(
            .init(
              xEdges: (0...32).map(Double.init), yEdges: (0...20).map(Double.init),
              values: (0..<640).map { Double($0 % 37) / 37 }, domain: 0...1, label: "Share"))
        ])
    ])

  static func list(_ figure: Figure, _ fonts: PangoFonts) -> DisplayList {
    FigureLayout(style: FigureStyles.all[0], metrics: PangoTextMetrics(fonts)).displayList(for: figure)
  }
}
