import CCairo
import Foundation
import RopeCairo
import RopeChart
import Testing

@Suite struct FileTests {
  private let fonts = PangoFonts()
  private var renderer: CairoRenderer { CairoRenderer(fonts: fonts) }
  private let metadata = PDFMetadata(
    title: "A model named <script> (θ)\u{0}", author: "R. Scope", subject: "RoPE", keywords: ["YaRN", "NTK"],
    created: 946_684_800)

  @Test func equalListsGiveEqualBytes() throws {
    for figure in [Charts.lines, Charts.map] {
      let list = Charts.list(figure, fonts)
      let pdf = try renderer.pdf(list, metadata: metadata)
      #expect(pdf == (try renderer.pdf(list, metadata: metadata)))
      let other = PangoFonts()
      #expect(pdf == (try CairoRenderer(fonts: other).pdf(Charts.list(figure, other), metadata: metadata)))
      for theme in Theme.allCases {
        let png = try renderer.png(list, scale: 2, theme: theme)
        #expect(png == (try renderer.png(list, scale: 2, theme: theme)))
      }
    }
  }

  /// More faces than Cairo 1.16 keeps open, drawn with by several threads at once: bytes are those of one thread.
  @Test func threadsDrawWithManyFaces() async throws {
    let chains =
      [FontFamilies.serif, FontFamilies.sans, FontFamilies.modern, FontFamilies.mono]
      + ["TeX Gyre Pagella", "TeX Gyre Schola", "TeX Gyre Bonum", "DejaVu Serif", "Liberation Serif"].map { [$0] }
    let files = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for turn in 0..<6 * chains.count {
        group.addTask {
          let fonts = PangoFonts(families: chains[turn % chains.count])
          let list = Charts.list(Charts.lines, fonts), renderer = CairoRenderer(fonts: fonts)
          return (
            turn % chains.count,
            try renderer.pdf(list, metadata: PDFMetadata(title: "", created: 0)) + renderer.png(list, scale: 1)
          )
        }
      }
      return try await group.reduce(into: [Int: Set<[UInt8]>]()) { $0[$1.0, default: []].insert($1.1) }
    }
    #expect(files.count == chains.count && files.values.allSatisfy { $0.count == 1 })
  }

  @Test func fontsAreEmbeddedAndNoneIsType3() throws {
    let pdf = try renderer.pdf(Charts.list(Charts.lines, fonts), metadata: metadata)
    guard let table = try Tool.output("pdffonts", ["FILE"], on: pdf) else { return }
    let rows = table.split(separator: "\n").dropFirst(2)
    #expect(!rows.isEmpty)
    #expect(!table.contains("Type 3"))
    #expect(rows.allSatisfy { $0.contains(" yes yes ") }, "\(table)")
  }

  /// A figure by itself says its language and title as a report does, and holds what it held without.
  @Test func aFigureSaysItsLanguage() throws {
    let list = Charts.list(Charts.lines, fonts)
    let plain = try renderer.pdf(list, metadata: metadata)
    let told = try renderer.pdf(list, metadata: metadata, language: "zh")
    #expect(told.starts(with: plain))
    let added = String(decoding: told.dropFirst(plain.count), as: UTF8.self)
    for word in ["/Lang (zh)", "/DisplayDocTitle true", "<dc:title>", "A model named", "<rdf:li>zh</rdf:li>"] {
      #expect(added.contains(word), "\(word) in \(added)")
    }
    #expect(!added.contains("/MarkInfo"))
  }

  @Test func textCanBeFound() throws {
    let pdf = try renderer.pdf(Charts.list(Charts.lines, fonts), metadata: metadata)
    guard let text = try Tool.output("pdftotext", ["-raw", "FILE", "-"], on: pdf) else { return }
    for label in ["Context length (tokens)", "YaRN", "office fluff", "Interpolation", "θ′/θ", "1k", "4k"] {
      #expect(text.contains(label), "\(label) in \(text)")
    }
  }

  /// Only maps become images; bands, dashes and markers stay vector.
  @Test func onlyMapsAreImages() throws {
    func images(_ figure: Figure) throws -> Int {
      let pdf = try renderer.pdf(Charts.list(figure, fonts), metadata: metadata)
      return String(decoding: pdf, as: UTF8.self).components(separatedBy: "/Subtype /Image").count - 1
    }
    #expect(try images(Charts.lines) == 0)
    #expect(try images(Charts.map) == 2)
  }

  @Test func pictureHoldsWhatWasDrawn() throws {
    var list = DisplayList(width: 40, height: 20)
    list.operations = [
      .image(.init(frame: .init(x: 0, y: 0, width: 20, height: 20), columns: 2, rows: 1, pixels: [0x112233, nil])),
      .path(
        .init(
          segments: [[Point(20, 0), Point(40, 0), Point(40, 20), Point(20, 20)]], closed: true, fill: .fixed("AABBCC"))),
    ]
    let png = try renderer.png(list, scale: 2)
    let surface = try #require(Self.decode(png))
    defer { cairo_surface_destroy(surface) }
    #expect(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    #expect(cairo_image_surface_get_width(surface) == 80)
    #expect(cairo_image_surface_get_height(surface) == 40)
    #expect(Self.pixel(surface, 5, 5) == 0x112233)
    #expect(Self.pixel(surface, 30, 5) == 0xFFFFFF)
    #expect(Self.pixel(surface, 79, 39) == 0xAABBCC)
  }

  /// Noise, where repeats are rare, and long runs: every pixel comes back.
  @Test func compressionLosesNothing() throws {
    var state: UInt32 = 1
    let (width, height) = (301, 97)
    let pixels = (0..<(width * height)).map { index -> UInt32 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return index / width % 3 == 0 ? state >> 8 : index / width % 3 == 1 ? 0x00FF_FFFF : UInt32(index % 7)
    }
    let png = try #require(
      pixels.withUnsafeBufferPointer { PNGImage.rgb(width: width, height: height, stride: width, pixels: $0) })
    let surface = try #require(Self.decode(png))
    defer { cairo_surface_destroy(surface) }
    #expect(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    var differing = 0
    for index in pixels.indices
    where Self.pixel(surface, index % width, index / width) != pixels[index] & 0xFFFFFF { differing += 1 }
    #expect(differing == 0)
    #expect(png.count < width * height * 3 / 2)
  }

  @Test func impossiblePicturesAreRefused() {
    #expect(throws: CairoError.self) { try renderer.png(DisplayList(width: 1e6, height: 1e6)) }
    #expect(throws: CairoError.self) { try renderer.png(DisplayList(width: 10, height: 10), scale: 0) }
  }

  private static func pixel(_ surface: OpaquePointer, _ x: Int, _ y: Int) -> UInt32 {
    guard let data = cairo_image_surface_get_data(surface) else { return 0 }
    let stride = Int(cairo_image_surface_get_stride(surface))
    return UnsafeRawPointer(data).load(fromByteOffset: y * stride + x * 4, as: UInt32.self) & 0xFFFFFF
  }

  private static func decode(_ png: [UInt8]) -> OpaquePointer? {
    final class Source {
      var rest: ArraySlice<UInt8>
      init(_ bytes: [UInt8]) { rest = bytes[...] }
    }
    let source = Source(png)
    return withExtendedLifetime(source) {
      cairo_image_surface_create_from_png_stream(
        { closure, data, length in
          guard let closure, let data else { return CAIRO_STATUS_READ_ERROR }
          let source = Unmanaged<Source>.fromOpaque(closure).takeUnretainedValue()
          guard source.rest.count >= Int(length) else { return CAIRO_STATUS_READ_ERROR }
          for (index, byte) in source.rest.prefix(Int(length)).enumerated() { data[index] = byte }
          source.rest = source.rest.dropFirst(Int(length))
          return CAIRO_STATUS_SUCCESS
        }, Unmanaged.passUnretained(source).toOpaque())
    }
  }
}
