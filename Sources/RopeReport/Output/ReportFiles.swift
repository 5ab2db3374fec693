import RopeCairo
import RopeChart
import RopeFigures
import RopeMath
import RopeText

/// Every file of a report but its record: `report.html`, `report.pdf`, `figures/KIND.{pdf,svg,png}`,
/// `data/KIND.{csv,json}`.
public struct ReportFiles: Sendable {
  public struct Options: Sendable {
    public var templates: TemplateSource
    public var page: PageStyle
    /// Style of the figure files.
    public var figureStyle: FigureStyle
    /// One page with the answer, without figure and data files.
    public var isBrief = false
    /// What the report is told in.
    public var language = Language.english

    public init(templates: TemplateSource, page: PageStyle, figureStyle: FigureStyle) {
      self.templates = templates
      self.page = page
      self.figureStyle = figureStyle
    }
  }

  /// Every name that a file of a report may have, its record's too.
  public static var names: [String] {
    ["report.html", "report.pdf", "run.json"]
      + FigureCatalogue.all.flatMap { kind in
        ["pdf", "svg", "png"].map { "figures/\(kind.card.id).\($0)" }
          + ["csv", "json"].map { "data/\(kind.card.id).\($0)" }
      }
  }

  public let record: RunRecord
  public let options: Options

  public init(_ record: RunRecord, options: Options) {
    self.record = record
    self.options = options
  }

  /// - Throws: `CairoError`, `GeometryError`, or a template's error.
  public func make() async throws -> (files: [(path: String, bytes: [UInt8])], warnings: [String]) {
    let report = try ReportDocument(record, in: options.language)
    let document = options.isBrief ? report.brief : report.document
    let (record, options) = (record, options)
    // Independent jobs on all cores, the longest first, each with fonts of its own; results keep the order of the jobs.
    var jobs: [Job] = [
      { _ in [("report.pdf", try Self.pdf(document, options))] },
      { _ in
        let families = HTMLRenderer.wide.told(in: options.language.code).families
        let renderer = try HTMLRenderer(
          metrics: PangoTextMetrics(PangoFonts(families: families)), templates: options.templates,
          language: options.language)
        return [("report.html", Array(renderer.render(document).utf8))]
      },
    ]
    for figure in report.figures where !options.isBrief {
      let name = figure.figure.id
      jobs.append { files in
        // Laid out once, drawn three times.
        let list = files.list(figure)
        return try [FigureFiles.Kind.pdf, .svg, .png].map { kind in
          ("figures/\(name).\(kind.rawValue)", try files.bytes(kind, of: figure, list: list, series: [], name: name))
        }
      }
      jobs.append { files in
        try [FigureFiles.Kind.csv, .json].map { kind in
          ("data/\(name).\(kind.rawValue)", try files.bytes(kind, of: figure, record: record, name: name))
        }
      }
    }
    return try await Self.run(jobs, options)
  }

  /// Jobs that nobody has taken yet: what is fast takes more of them.
  private actor Queue {
    private var waiting: Range<Int>

    init(waiting: Range<Int>) { self.waiting = waiting }

    func next() -> Int? { waiting.popFirst() }
  }

  private typealias Job = @Sendable (FigureFiles) throws -> [(path: String, bytes: [UInt8])]

  private static func run(
    _ jobs: [Job], _ options: Options
  ) async throws -> (files: [(path: String, bytes: [UInt8])], warnings: [String]) {
    let style = options.figureStyle.told(in: options.language.code)
    let queue = Queue(waiting: jobs.indices)
    return try await withThrowingTaskGroup(of: ([(Int, [(path: String, bytes: [UInt8])])], [String]).self) { group in
      for _ in 0..<2 {
        group.addTask {
          let fonts = PangoFonts(families: style.families)
          let files = FigureFiles(style: style, fonts: fonts)
          var results: [(Int, [(path: String, bytes: [UInt8])])] = []
          while let index = await queue.next() { results.append((index, try jobs[index](files))) }
          return (results, fonts.report.warnings())
        }
      }
      var all: [(Int, [(path: String, bytes: [UInt8])])] = []
      var warnings: Set<String> = []
      for try await (results, sentences) in group {
        all += results
        warnings.formUnion(sentences)
      }
      return (all.sorted { $0.0 < $1.0 }.flatMap(\.1), warnings.sorted())
    }
  }

  private static func pdf(_ document: Document, _ options: Options) throws -> [UInt8] {
    let fonts = PangoFonts(families: PDFRenderer.families(in: options.language))
    return try PDFDocumentWriter(fonts: fonts).write(
      PDFRenderer(style: options.page, metrics: PangoTextMetrics(fonts), language: options.language).render(
        document, pageLimit: options.isBrief ? 1 : nil))
  }
}
