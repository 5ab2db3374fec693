import ArgumentParser
import RopeChart
import RopeFigures
import RopeMath
import RopeText

/// How a figure looks: the flags of `figure`, and by the same names the keys of a style file.
struct FigureOptions: ParsableArguments {
  @Option(
    help:
      "\(FigureStyles.all.map(\.id).joined(separator: ", ")): widths and type sizes of a venue; or FILE.toml, whose keys are the options below.",
    completion: .list(FigureStyles.all.map(\.id)))
  var style: String?

  @Option(help: "Width, as 3.25in, 8.2cm or 234pt; the style's where left out.")
  var width: String?

  @Option(help: "Height of the whole figure, written like the width.")
  var height: String?

  @Option(help: "Height of each panel's frame as a share of its width, 0.05 … 5.")
  var aspect: Double?

  @Option(help: "Points of axis labels, 6 … 72; ticks are a fifth smaller.")
  var fontSize: Double?

  @Option(help: "Font family before the style's own: \"Noto Sans CJK SC\".")
  var font: String?

  @OptionGroup var language: LanguageOptions

  @Option(help: "none, or a text in place of the computed one.")
  var title: String?

  @Option(
    help: "Where series are named: direct, right, top or none; direct where all have room, else top, where left out.")
  var legend: FigureStyle.Legend?

  @Option(help: "Dots an inch of a PNG, 36 … 1200.")
  var dpi: Double?

  @Option(parsing: .singleValue, help: "What a series is called: yarn=Ours. May be repeated.")
  var label: [String] = []

  @Option(parsing: .singleValue, help: "Its colour: yarn=#0072B2. May be repeated.")
  var seriesColor: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Colours that methods without one take in their order: #0072B2,#D55E00,#009E73.")
  var palette: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Its dash: yarn=solid, dashed, dotted, dashdot, or on and off in line widths, 5-2. May be repeated.")
  var dash: [String] = []

  @Option(
    parsing: .singleValue,
    help:
      "Its marker: yarn=\(SeriesStyle.Marker.allCases.map(FigureOptions.name).joined(separator: ", ")). May be repeated."
  )
  var marker: [String] = []

  @Option(parsing: .singleValue, help: "Methods in this order, the others after them: yarn,none.")
  var order: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: "Limits of x, as 0:63, 4k: or :128k; b=0:63 for panel b alone.")
  var xlim: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: "Limits of y, written like those of x.")
  var ylim: [String] = []

  @Option(parsing: .singleValue, help: "linear, log or log2; b=log for panel b alone.")
  var xscale: [String] = []

  @Option(parsing: .singleValue, help: "Scale of y, written like that of x.")
  var yscale: [String] = []

  @Option(parsing: .singleValue, help: "Label of the x axis; b=TEXT for panel b alone.")
  var xlabel: [String] = []

  @Option(parsing: .singleValue, help: "Label of the y axis, written like that of x.")
  var ylabel: [String] = []

  @Option(help: "First and last pair of an axis of pairs: 32-63.")
  var pairs: String?

  @Option(
    parsing: .singleValue,
    help: "A note at a point, X:Y=TEXT, or an upright rule, X=TEXT; in panel b: b@X:Y=TEXT. May be repeated.")
  var annotate: [String] = []

  static func name(_ marker: SeriesStyle.Marker) -> String {
    marker.rawValue.reduce(into: "") { name, letter in
      name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  /// Puts what is given here over sizes and wishes; `style` itself has been read before.
  func apply(to figureStyle: inout FigureStyle, _ author: inout AuthorStyle) throws {
    let reader = FigureOptionReader()
    if let width { figureStyle.width = try reader.length(width, of: "width", atLeast: 126) }
    if let height { figureStyle.height = try reader.length(height, of: "height", atLeast: 36) }
    if let aspect { figureStyle.aspect = try reader.number(aspect, of: "aspect", in: 0.05...5) }
    if let fontSize {
      figureStyle.labelSize = try reader.number(fontSize, of: "font-size", in: 6...72)
      figureStyle.tickSize = max(6, (fontSize * 1.6).rounded() / 2)
    }
    if let font { figureStyle.families = [font] + figureStyle.families.filter { $0 != font } }
    if let title {
      figureStyle.drawsTitle = title.lowercased() != "none"
      author.title = figureStyle.drawsTitle ? title : nil
    }
    if let legend { figureStyle.legend = legend }
    if let dpi { figureStyle.dotsPerInch = try reader.number(dpi, of: "dpi", in: 36...1200) }
    for text in label {
      let (key, value) = try reader.assignment(text, of: "label", "yarn=Ours")
      author.series[key, default: .init()].name = value
    }
    for text in seriesColor {
      let (key, value) = try reader.assignment(text, of: "series-color", "yarn=#0072B2")
      author.series[key, default: .init()].colour = try reader.colour(value)
    }
    for text in dash {
      let (key, value) = try reader.assignment(text, of: "dash", "yarn=5-2")
      author.series[key, default: .init()].dash = try reader.dash(value)
    }
    for text in marker {
      let (key, value) = try reader.assignment(text, of: "marker", "yarn=circle")
      author.series[key, default: .init()].marker = try reader.marker(value)
    }
    if !palette.isEmpty { author.palette = try palette.flatMap(reader.list).map(reader.colour) }
    if !order.isEmpty { author.order = order.flatMap(reader.list) }
    try reader.add(xlim, to: &author.x.limits) { try reader.limits($0, of: "xlim") }
    try reader.add(ylim, to: &author.y.limits) { try reader.limits($0, of: "ylim") }
    try reader.add(xscale, to: &author.x.scale) { try reader.scale($0, of: "xscale") }
    try reader.add(yscale, to: &author.y.scale) { try reader.scale($0, of: "yscale") }
    try reader.add(xlabel, to: &author.x.label) { $0 }
    try reader.add(ylabel, to: &author.y.label) { $0 }
    if let pairs { author.pairs = try reader.pairs(pairs) }
    for text in annotate { author.annotations.append(try reader.annotation(text)) }
  }
}

extension FigureStyle.Legend: ExpressibleByArgument {}
