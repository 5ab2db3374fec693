import CCairo
import Foundation
import RopeChart

/// Draws the operations of a display list on a Cairo context. Only the OVER operator, so that PDF stays vector.
struct CairoCanvas {
  let cairo: OpaquePointer
  let fonts: PangoFonts
  let theme: Theme
  /// Nil draws without structure.
  var tags: StructureTags?

  func draw(_ list: DisplayList) {
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
    for operation in list.operations {
      draw(operation)
      tags?.apply(operation)
    }
  }

  private func draw(_ operation: DrawOperation) {
    switch operation {
    case .path(let path): draw(path)
    case .text(let text):
      use(text.paint)
      fonts.show(text, on: cairo)
    case .markers(let markers): draw(markers)
    case .image(let image): draw(image)
    case .beginClip(let area):
      cairo_save(cairo)
      cairo_rectangle(cairo, area.x, area.y, area.width, area.height)
      cairo_clip(cairo)
    case .endClip: cairo_restore(cairo)
    case .beginGroup, .endGroup, .link, .destination: break
    }
  }

  private func draw(_ path: DrawOperation.Path) {
    cairo_new_path(cairo)
    for segment in path.segments { trace(segment, closed: path.closed) }
    if let fill = path.fill {
      use(fill, opacity: path.fillOpacity)
      if path.stroke == nil { cairo_fill(cairo) } else { cairo_fill_preserve(cairo) }
    }
    if let stroke = path.stroke {
      use(stroke.paint)
      cairo_set_line_width(cairo, stroke.width)
      cairo_set_dash(cairo, stroke.dash, Int32(stroke.dash.count), 0)
      cairo_stroke(cairo)
    }
  }

  private func draw(_ markers: DrawOperation.Markers) {
    let outline = markers.shape.outline
    cairo_set_dash(cairo, [], 0, 0)
    cairo_set_line_width(cairo, markers.lineWidth)
    cairo_new_path(cairo)
    for point in markers.points {
      if markers.shape.isCircle {
        cairo_new_sub_path(cairo)
        cairo_arc(cairo, point.x, point.y, markers.size / 2, 0, 2 * Double.pi)
        cairo_close_path(cairo)
      }
      for segment in outline.segments {
        let placed = segment.map { Point(point.x + $0.x * markers.size, point.y + $0.y * markers.size) }
        trace(placed, closed: outline.closed)
      }
    }
    if outline.closed {
      use(markers.shape.isFilled ? markers.paint : .ground)
      cairo_fill_preserve(cairo)
    }
    use(markers.paint)
    cairo_stroke(cairo)
  }

  private func trace(_ points: [Point], closed: Bool) {
    guard let first = points.first else { return }
    cairo_move_to(cairo, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(cairo, point.x, point.y) }
    if closed { cairo_close_path(cairo) }
  }

  /// One source pixel a cell, scaled without smoothing.
  private func draw(_ image: DrawOperation.Image) {
    guard image.columns > 0, image.rows > 0, image.pixels.count == image.columns * image.rows,
      image.frame.width > 0, image.frame.height > 0
    else { return }
    let hasHoles = image.pixels.contains(nil)
    let format = hasHoles ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
    guard let surface = cairo_image_surface_create(format, Int32(image.columns), Int32(image.rows)) else { return }
    defer { cairo_surface_destroy(surface) }
    guard let data = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    for row in 0..<image.rows {
      let line = UnsafeMutableRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
      for column in 0..<image.columns {
        line[column] = image.pixels[row * image.columns + column].map { 0xFF00_0000 | $0 } ?? 0
      }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(cairo)
    cairo_translate(cairo, image.frame.x, image.frame.y)
    cairo_rectangle(cairo, 0, 0, image.frame.width, image.frame.height)
    cairo_clip(cairo)
    cairo_scale(cairo, image.frame.width / Double(image.columns), image.frame.height / Double(image.rows))
    cairo_set_source_surface(cairo, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST)
    cairo_paint(cairo)
    cairo_restore(cairo)
  }

  private func use(_ paint: Paint, opacity: Double = 1) {
    let colour = theme.colour(of: paint)
    if opacity < 1 {
      cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, opacity)
    } else {
      cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue)
    }
  }
}
