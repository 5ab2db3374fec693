import RopeChart
import RopeFigures
import RopeMath
import RopeText

/// Style and wishes of a figure, from options in layers: the shipped style first, then style files, then options, those
/// given last above all.
struct FigureLook {
  var style: FigureStyle
  var author = AuthorStyle()
  var language = Language.english
  /// Style files that were read.
  var files: [String] = []

  /// - Throws: `Failure` for an unknown style or a value that is no such, `ConfigurationError` with its place in a file.
  init(_ layers: [FigureOptions]) throws {
    var opened: [FigureOptions] = []
    var name = "neurips"
    for layer in layers {
      if let style = layer.style, Self.isFile(style) {
        let file = try Self.read(style)
        files.append(style)
        if let shipped = file.style { name = shipped }
        opened.append(file)
      } else if let style = layer.style {
        name = style
      }
      opened.append(layer)
    }
    style = try Drawing.style(named: name)
    for layer in opened {
      try layer.apply(to: &style, &author)
      if layer.language.code != nil { language = try layer.language.language() }
    }
    style = style.told(in: language.code)
  }

  private static func isFile(_ style: String) -> Bool { style.lowercased().hasSuffix(".toml") }

  private static func read(_ path: String) throws -> FigureOptions {
    let file = try OptionFile(try SourceFile.text(path), of: FigureOptions.self)
    let tree = try file.tree()
    let arguments = try file.arguments(tree).flatMap(\.arguments)
    let options: FigureOptions
    do { options = try FigureOptions.parse(arguments) } catch {
      throw file.source.error(.invalid, FigureOptions.message(for: error), at: 0)
    }
    if let style = options.style, isFile(style) {
      throw file.source.error(
        .invalid,
        "“style” is the file “\(style)”, expected one of \(FigureStyles.all.map(\.id).joined(separator: ", "))",
        at: tree.member("style")?.node.bytes.lowerBound ?? 0)
    }
    return options
  }
}
