extension SVGBuffer {
  /// Cells as rectangles, those of one colour in a row joined, or as an embedded PNG: whichever is shorter.
  mutating func image(_ image: DrawOperation.Image) {
    guard image.columns > 0, image.rows > 0, image.pixels.count == image.columns * image.rows else { return }
    let frame = image.frame
    let place =
      "x=\"\(Self.number(frame.x))\" y=\"\(Self.number(frame.y))\" width=\"\(Self.number(frame.width))\" height=\"\(Self.number(frame.height))\""
    if let name = parts?.cells[SVGParts.Cells(image)] { return text += "<use href=\"#\(name)\" \(place)/>\n" }
    if let png = Self.picture(of: image) {
      return text += "<image \(place)\(Self.pictureStyle) href=\"data:image/png;base64,\(Base64.encoded(png))\"/>\n"
    }
    let runs = Self.runs(image)
    var byColour: [(colour: UInt32, d: String)] = []
    var places: [UInt32: Int] = [:]
    let cell = (width: image.frame.width / Double(image.columns), height: image.frame.height / Double(image.rows))
    for run in runs {
      // Edges are rounded, not widths, so that neighbours meet exactly.
      let left = Self.hundredths(image.frame.x + Double(run.column) * cell.width)
      let right = Self.hundredths(image.frame.x + Double(run.column + run.length) * cell.width)
      let top = Self.hundredths(image.frame.y + Double(run.row) * cell.height)
      let bottom = Self.hundredths(image.frame.y + Double(run.row + 1) * cell.height)
      var d = "M"
      Self.append(left, to: &d)
      d += " "
      Self.append(top, to: &d)
      d += "h"
      Self.append(right - left, to: &d)
      d += "v"
      Self.append(bottom - top, to: &d)
      d += "h"
      Self.append(left - right, to: &d)
      d += "z"
      if let place = places[run.colour] {
        byColour[place].d += d
      } else {
        places[run.colour] = byColour.count
        byColour.append((run.colour, d))
      }
    }
    text += "<g shape-rendering=\"crispEdges\">\n"
    for (colour, d) in byColour { text += "<path fill=\"#\(Colour(rgb: colour).hex)\" d=\"\(d)\"/>\n" }
    text += "</g>\n"
  }

  static let pictureStyle = " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""

  /// The cells as PNG, where that is shorter than rectangles.
  static func picture(of image: DrawOperation.Image) -> [UInt8]? {
    guard image.columns > 0, image.rows > 0, image.pixels.count == image.columns * image.rows else { return nil }
    let runs = runs(image).count
    // A rectangle takes about 45 bytes.
    guard runs > 40, let png = PNGImage.indexed(image), png.count * 4 / 3 < runs * 45 else { return nil }
    return png
  }

  /// Neighbouring cells of one colour in a row.
  private static func runs(
    _ image: DrawOperation.Image
  ) -> [(row: Int, column: Int, length: Int, colour: UInt32)] {
    var runs: [(row: Int, column: Int, length: Int, colour: UInt32)] = []
    for row in 0..<image.rows {
      var column = 0
      while column < image.columns {
        let pixel = image.pixels[row * image.columns + column]
        var end = column + 1
        while end < image.columns, image.pixels[row * image.columns + end] == pixel { end += 1 }
        if let pixel { runs.append((row, column, end - column, pixel)) }
        column = end
      }
    }
    return runs
  }
}
