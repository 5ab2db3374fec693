import Foundation

/// A heat map: an image of one pixel a cell where the cells are equally large on the page, rectangles otherwise.
enum CellsMark {
  /// Values are printed in the cells of maps up to this many rows and columns.
  static let printedLimit = 12

  static func draw(_ cells: Mark.Cells, frame: PanelFrame, metrics: any TextMetrics) -> [DrawOperation] {
    guard let grid = Grid(cells, frame: frame) else { return [] }
    var operations: [DrawOperation] = []
    if let image = grid.image(cells) {
      operations.append(.image(image))
    } else {
      operations += grid.rectangles(cells)
    }
    let hatch = grid.hatch(cells, step: 3 * frame.unit)
    if !hatch.isEmpty {
      operations.append(.path(.init(segments: hatch, stroke: .init(.mutedInk, width: 0.4 * frame.unit))))
    }
    return operations + values(cells, grid: grid, frame: frame, metrics: metrics)
  }

  static func share(_ value: Double, in domain: ClosedRange<Double>) -> Double {
    let span = domain.upperBound - domain.lowerBound
    return span > 0 ? (value - domain.lowerBound) / span : 0.5
  }

  /// The numbers in the cells, all at one size, or none where the longest does not fit.
  private static func values(
    _ cells: Mark.Cells, grid: Grid, frame: PanelFrame, metrics: any TextMetrics
  ) -> [DrawOperation] {
    guard grid.columns <= printedLimit, grid.rows <= printedLimit else { return [] }
    let texts = labels(cells)
    var size = frame.style.tickSize
    while size >= TextFitter.smallestSize {
      let fits = grid.allSatisfy { column, row, box in
        let text = texts[row * grid.columns + column]
        return metrics.width(of: text, role: .text, size: size) <= box.width - max(2, size * 0.35)
          && metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size) <= box.height - 1
      }
      if fits { break }
      size -= 0.5
    }
    guard size >= TextFitter.smallestSize else { return [] }
    let map = ColourMap(cells.colours)
    var operations: [DrawOperation] = []
    _ = grid.allSatisfy { column, row, box in
      let index = row * grid.columns + column
      guard !cells.values[index].isNaN, let rgb = map.rgb(at: share(cells.values[index], in: cells.domain)) else {
        return true
      }
      let ground = Colour(rgb: rgb)
      let white = Colour(rgb: 0xFFFFFF)
      let black = Colour(rgb: 0)
      let ink = ground.contrast(with: white) > ground.contrast(with: black) ? white : black
      let middle = (metrics.ascent(role: .text, size: size) - metrics.descent(role: .text, size: size)) / 2
      operations.append(
        .text(
          .init(
            texts[index], at: Point(box.x + box.width / 2, box.y + box.height / 2 + middle), anchor: .middle,
            size: size, paint: .fixed(ink.hex))))
      return true
    }
    return operations
  }

  /// The map's own texts, or the values with the same decimals: three significant digits of the domain's span, percentages without sign.
  private static func labels(_ cells: Mark.Cells) -> [String] {
    if let texts = cells.texts, texts.count == cells.values.count { return texts }
    let unit = cells.format == .percent ? 100.0 : 1
    if cells.format == .tokens || cells.format == .bytes || cells.format == .radians {
      return cells.values.map { NumberText.text($0, format: cells.format) }
    }
    let finite = cells.values.filter(\.isFinite).map { $0 * unit }
    let largest = finite.map(abs).max() ?? 1
    let isWhole = finite.allSatisfy { $0 == $0.rounded() }
    if !isWhole, largest >= 1e5 || largest < 1e-2 {
      return cells.values.map { NumberText.compact($0 * unit, digits: 2) }
    }
    let decimals =
      isWhole || cells.format == .percent
      ? 0 : max(0, 2 - Int(floor(log10(max(largest, 1e-12)))) - (largest < 1 ? 1 : 0))
    return cells.values.map { NumberText.fixed($0 * unit, decimals: decimals) }
  }
}
