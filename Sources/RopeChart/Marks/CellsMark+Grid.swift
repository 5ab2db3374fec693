import Foundation

extension CellsMark {
  /// Where the cells of a map lie on the page.
  struct Grid {
    let columns: Int
    let rows: Int
    /// Left and right of each column, top and bottom of each row, in points, cut to the frame.
    let columnSpans: [ClosedRange<Double>?]
    let rowSpans: [ClosedRange<Double>?]
    let area: Rectangle

    init?(_ cells: Mark.Cells, frame: PanelFrame) {
      columns = cells.xEdges.count - 1
      rows = cells.yEdges.count - 1
      guard columns > 0, rows > 0, cells.values.count == columns * rows else { return nil }
      columnSpans = Self.spans(cells.xEdges, scale: frame.x)
      rowSpans = Self.spans(cells.yEdges, scale: frame.y)
      let xs = columnSpans.compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
      let ys = rowSpans.compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
      guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return nil }
      area = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
    }

    private static func spans(_ edges: [Double], scale: AxisScale) -> [ClosedRange<Double>?] {
      zip(edges, edges.dropFirst()).map { low, high in
        let from = max(min(low, high), scale.domain.lowerBound)
        let to = min(max(low, high), scale.domain.upperBound)
        guard from < to, let a = scale.position(from), let b = scale.position(to) else { return nil }
        return min(a, b)...max(a, b)
      }
    }

    /// Visits the visible cells until `body` is false.
    func allSatisfy(_ body: (_ column: Int, _ row: Int, _ box: Rectangle) -> Bool) -> Bool {
      for row in 0..<rows {
        guard let y = rowSpans[row] else { continue }
        for column in 0..<columns {
          guard let x = columnSpans[column] else { continue }
          let box = Rectangle(
            x: x.lowerBound, y: y.lowerBound, width: x.upperBound - x.lowerBound, height: y.upperBound - y.lowerBound)
          if !body(column, row, box) { return false }
        }
      }
      return true
    }

    /// An image where all cells are visible and equally large.
    func image(_ cells: Mark.Cells) -> DrawOperation.Image? {
      func isEven(_ spans: [ClosedRange<Double>?], length: Double) -> Bool {
        let even = length / Double(spans.count)
        return spans.allSatisfy { span in
          span.map { abs($0.upperBound - $0.lowerBound - even) < max(0.02, even * 0.01) } ?? false
        }
      }
      guard isEven(columnSpans, length: area.width), isEven(rowSpans, length: area.height) else {
        return columns * rows > 400 ? resampled(cells) : nil
      }
      let map = ColourMap(cells.colours)
      let xDescends = (columnSpans.first??.lowerBound ?? 0) > (columnSpans.last??.lowerBound ?? 0)
      let yDescends = (rowSpans.first??.lowerBound ?? 0) > (rowSpans.last??.lowerBound ?? 0)
      var pixels: [UInt32?] = []
      pixels.reserveCapacity(columns * rows)
      for row in 0..<rows {
        let source = yDescends ? rows - 1 - row : row
        for column in 0..<columns {
          let value = cells.values[source * columns + (xDescends ? columns - 1 - column : column)]
          pixels.append(map.rgb(at: share(value, in: cells.domain)))
        }
      }
      return .init(frame: area, columns: columns, rows: rows, pixels: pixels)
    }

    /// Many cells of unequal size as an image of pixels a third of a point wide, each the colour of its cell.
    private func resampled(_ cells: Mark.Cells) -> DrawOperation.Image {
      func sources(_ spans: [ClosedRange<Double>?], from start: Double, length: Double, count: Int) -> [Int?] {
        (0..<count).map { pixel in
          let place = start + length * (Double(pixel) + 0.5) / Double(count)
          return spans.firstIndex { $0?.contains(place) ?? false }
        }
      }
      let width = min(max(Int(area.width * 3), 1), 2000)
      let height = min(max(rows, Int(area.height * 3)), 2000)
      let xs = sources(columnSpans, from: area.x, length: area.width, count: width)
      let ys = sources(rowSpans, from: area.y, length: area.height, count: height)
      let map = ColourMap(cells.colours)
      let colours = cells.values.map { map.rgb(at: share($0, in: cells.domain)) }
      func line(_ row: Int?) -> [UInt32?] {
        guard let row else { return Array(repeating: nil, count: width) }
        return xs.map { column in column.flatMap { colours[row * columns + $0] } }
      }
      // A row of cells is many equal lines of pixels.
      var pixels: [UInt32?] = []
      pixels.reserveCapacity(width * height)
      var last = (row: ys.first ?? nil, pixels: line(ys.first ?? nil))
      for row in ys {
        if row != last.row { last = (row, line(row)) }
        pixels += last.pixels
      }
      return .init(frame: area, columns: width, rows: height, pixels: pixels)
    }

    /// Cells of unequal size as areas. Each reaches a little under the next ones, so that no seam shows between them.
    func rectangles(_ cells: Mark.Cells) -> [DrawOperation] {
      let map = ColourMap(cells.colours)
      let bleed = 0.3
      var areas: [DrawOperation] = []
      _ = allSatisfy { column, row, box in
        guard let rgb = map.rgb(at: share(cells.values[row * columns + column], in: cells.domain)) else { return true }
        let width = min(box.width + bleed, area.right - box.x)
        let height = min(box.height + bleed, area.bottom - box.y)
        let grown = Rectangle(x: box.x, y: box.y, width: width, height: height)
        areas.append(.path(.init(segments: [grown.corners], closed: true, fill: .fixed(Colour(rgb: rgb).hex))))
        return true
      }
      return areas
    }

    /// Slanted lines over the cells that have no value, each as long as the cells that it crosses go on.
    func hatch(_ cells: Mark.Cells, step: Double) -> [[Point]] {
      // Lines x + y = k · step, told apart by k: the parts of x that each covers.
      var parts: [Int: [(from: Double, to: Double)]] = [:]
      _ = allSatisfy { column, row, box in
        guard cells.values[row * columns + column].isNaN else { return true }
        var k = Int(ceil((box.x + box.y) / step))
        while Double(k) * step < box.right + box.bottom {
          let sum = Double(k) * step
          let from = max(box.x, sum - box.bottom), to = min(box.right, sum - box.y)
          if from < to { parts[k, default: []].append((from, to)) }
          k += 1
        }
        return true
      }
      return parts.sorted { $0.key < $1.key }.flatMap { k, pieces in
        let sum = Double(k) * step
        return Self.joined(pieces).map { [Point($0.from, sum - $0.from), Point($0.to, sum - $0.to)] }
      }
    }

    /// Pieces that touch become one.
    private static func joined(_ pieces: [(from: Double, to: Double)]) -> [(from: Double, to: Double)] {
      pieces.sorted { $0.from < $1.from }.reduce(into: []) { whole, piece in
        if let last = whole.last, piece.from - last.to < 0.01 {
          whole[whole.count - 1].to = max(last.to, piece.to)
        } else {
          whole.append(piece)
        }
      }
    }
  }
}

extension Rectangle {
  var corners: [Point] { [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)] }
}
