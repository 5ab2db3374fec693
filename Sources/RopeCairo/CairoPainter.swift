import CCairo
import CPangoCairo
import Foundation
import RopeChart

/// Carries out the operations of a display list on a Cairo context. It decides nothing: no layout, no colours but the
/// theme's.
struct CairoPainter {
  let context: OpaquePointer
  let fonts: FontLibrary
  let theme: Theme
  /// Links and destinations are a document's; a figure has none.
  let drawsLinks: Bool

  func draw(_ list: DisplayList) {
    for operation in list.operations { draw(operation) }
  }

  private func draw(_ operation: DrawOperation) {
    switch operation {
    case .path(let path): draw(path)
    case .text(let text): draw(text)
    case .markers(let markers): draw(markers)
    case .image(let image): draw(image)
    case .beginGroup, .endGroup: break
    case .beginClip(let frame):
      cairo_save(context)
      cairo_rectangle(context, frame.x, frame.y, frame.width, frame.height)
      cairo_clip(context)
    case .endClip: cairo_restore(context)
    case .link(let area, let target): draw(area, target)
    case .destination(let name, let x, let y):
      guard drawsLinks else { return }
      cairo_tag_begin(context, "cairo.dest", "name='\(Self.quoted(name))' x=\(x) y=\(y)")
      cairo_tag_end(context, "cairo.dest")
    }
  }

  private func setColour(_ paint: Paint, opacity: Double = 1) {
    let colour = theme.colour(of: paint)
    cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, opacity)
  }

  private func draw(_ path: DrawOperation.Path) {
    cairo_new_path(context)
    for segment in path.segments {
      guard let first = segment.first else { continue }
      cairo_move_to(context, first.x, first.y)
      for point in segment.dropFirst() { cairo_line_to(context, point.x, point.y) }
      if path.closed { cairo_close_path(context) }
    }
    if let fill = path.fill {
      setColour(fill, opacity: path.fillOpacity)
      cairo_fill_preserve(context)
    }
    if let stroke = path.stroke { self.stroke(stroke) }
    cairo_new_path(context)
  }

  private func stroke(_ stroke: DrawOperation.Stroke) {
    setColour(stroke.paint)
    cairo_set_line_width(context, stroke.width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_stroke_preserve(context)
    cairo_set_dash(context, nil, 0, 0)
  }

  private func draw(_ markers: DrawOperation.Markers) {
    for point in markers.points {
      for outline in MarkerShape.outlines(markers.shape, size: markers.size, at: point) {
        cairo_new_path(context)
        guard let first = outline.points.first else { continue }
        cairo_move_to(context, first.x, first.y)
        for corner in outline.points.dropFirst() { cairo_line_to(context, corner.x, corner.y) }
        if outline.isClosed {
          cairo_close_path(context)
          setColour(outline.isFilled ? markers.paint : .ground)
          cairo_fill_preserve(context)
        }
        setColour(markers.paint)
        cairo_set_line_width(context, markers.lineWidth)
        cairo_stroke(context)
      }
    }
  }

  private func draw(_ text: DrawOperation.Text) {
    guard !text.string.isEmpty, let layout = fonts.layout(text.string, role: text.role, size: text.size) else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    var logical = PangoRectangle()
    pango_layout_get_extents(layout, nil, &logical)
    let width = Double(logical.width) / Double(PANGO_SCALE)
    let shift: Double = switch text.anchor {
    case .start: 0
    case .middle: -width / 2
    case .end: -width
    }
    cairo_save(context)
    setColour(text.paint)
    cairo_translate(context, text.at.x, text.at.y)
    if text.rotation != 0 { cairo_rotate(context, text.rotation * .pi / 180) }
    cairo_move_to(context, shift, 0)
    if let line = pango_layout_get_line_readonly(layout, 0) { pango_cairo_show_layout_line(context, line) }
    cairo_restore(context)
    cairo_new_path(context)
  }

  private func draw(_ image: DrawOperation.Image) {
    guard image.columns > 0, image.rows > 0, image.pixels.count == image.columns * image.rows,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(clamping: image.columns), Int32(clamping: image.rows)),
      let data = cairo_image_surface_get_data(surface)
    else { return }
    defer { cairo_surface_destroy(surface) }
    let stride = Int(cairo_image_surface_get_stride(surface))
    cairo_surface_flush(surface)
    data.withMemoryRebound(to: UInt32.self, capacity: stride / 4 * image.rows) { pixels in
      for row in 0..<image.rows {
        for column in 0..<image.columns {
          let colour = image.pixels[row * image.columns + column]
          pixels[row * stride / 4 + column] = colour.map { 0xFF00_0000 | $0 } ?? 0
        }
      }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(context)
    cairo_translate(context, image.frame.x, image.frame.y)
    cairo_scale(context, image.frame.width / Double(image.columns), image.frame.height / Double(image.rows))
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  private func draw(_ area: Rectangle, _ target: DrawOperation.Target) {
    guard drawsLinks else { return }
    let place = "rect=[\(area.x) \(area.y) \(area.width) \(area.height)]"
    let attributes = switch target {
    case .address(let address): "\(place) uri='\(Self.quoted(address))'"
    case .destination(let name): "\(place) dest='\(Self.quoted(name))'"
    }
    cairo_tag_begin(context, "Link", attributes)
    cairo_tag_end(context, "Link")
  }

  /// Quotes and backslashes would end or bend an attribute; control characters have no place in one.
  private static func quoted(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 && $0 != "'" && $0 != "\\" }.map(Character.init))
  }
}
