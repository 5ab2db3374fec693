import Foundation
import RopeCairo
import RopeChart
import RopeFigures
import RopeFiles
import RopeMath
import RopeReport

/// One figure on its way from options to files.
struct FigureDrawing {
  let command: FigureCommand
  /// What it is computed from; equal for figures that share a run.
  let run: [String]
  /// The kind, or what several kinds in one figure are together.
  let card: FigureCard
  private let kinds: [any FigureKind.Type]
  private let look: FigureLook
  private let stem: String
  private let format: FigureFiles.Kind
  private var isStream: Bool { stem.isEmpty }

  /// - Parameters:
  ///   - file: in place of the command's own output.
  ///   - over: options of a look that count more than the command's own.
  /// - Throws: `Failure` for an unknown kind, ending or style, before anything is computed.
  init(_ command: FigureCommand, file: String? = nil, over: FigureOptions? = nil, run: [String] = []) throws {
    var command = command
    if command.panels != nil, let model = command.kind {
      guard command.model.model == nil else {
        throw Failure.usage("--panels stands in place of KIND; give MODEL alone")
      }
      command.model.model = model
      command.kind = nil
    }
    self.run = run
    let names = command.panels.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    guard let wanted = names ?? command.kind.map({ [$0] }) else {
      throw Failure.usage("give a KIND of figure (ropescope figures lists them), --panels or --from")
    }
    guard names == nil || wanted.count > 1 else {
      throw Failure.usage("--panels takes two or more kinds: wavelength,interpolation-ratio")
    }
    kinds = try wanted.map { name in
      guard let kind = FigureCatalogue.kind(named: name) else {
        let known = FigureCatalogue.all.map { $0.card.id }
        throw Failure.usage(
          "no figure is called “\(name)”\(Nearest.hint(name, in: known)) (ropescope figures lists them)")
      }
      return kind
    }
    card = Self.card(kinds.map { $0.card })
    guard let file = file ?? command.file else {
      throw Failure.usage("give the file to write, -o F.pdf, .svg or .png")
    }
    format = file == "-" ? .pdf : try Drawing.format(of: file, option: "--output")
    stem = file == "-" ? "" : String(file.dropLast(format.rawValue.count + 1))
    look = try FigureLook([command.look] + (over.map { [$0] } ?? []))
    self.command = command
  }

  private static func card(_ cards: [FigureCard]) -> FigureCard {
    guard cards.count > 1, let first = cards.first else { return cards[0] }
    return FigureCard(
      id: cards.map(\.id).joined(separator: "-and-"), title: Wording.list(cards.map(\.title)),
      summary: cards.map(\.summary).joined(separator: " "), analyses: cards.flatMap(\.analyses), topic: first.topic)
  }

  var inputs: [CommandInput] {
    command.model.inputs + command.options.inputs + look.files.map { .file($0) }
  }

  private var files: [FigureFiles.Kind] {
    isStream ? [format] : [format, .csv, .json] + (command.latex ? [.tex] : [])
  }

  func expect(_ outputs: inout Outputs) throws {
    guard !isStream else { return }
    for kind in files { try outputs.expect("\(stem).\(kind.rawValue)", isImplied: kind != format) }
  }

  /// Adds the figure's files to what the command writes, or streams it; the notes that follow.
  func draw(
    _ record: RunRecord, strictFonts: Bool, _ outputs: inout Outputs, _ console: Console, _ output: OutputOptions
  ) throws -> [String] {
    let fonts = PangoFonts(families: look.style.families)
    let figure = try figure(record)
    let entry = ReportFigure(kind: card, figure: figure)
    let drawer = FigureFiles(style: look.style, fonts: fonts)
    let name = URL(fileURLWithPath: stem).lastPathComponent
    var notes = notes(record)
    if isStream {
      let bytes = try drawer.bytes(format, of: entry, record: record, name: card.id)
      try Drawing.tell(fonts, strict: strictFonts || command.strictFonts, console, output)
      console.write(.output, bytes)
      return notes
    }
    for kind in files {
      let bytes = try drawer.bytes(kind, of: entry, record: record, name: name)
      try outputs.add(bytes, to: "\(stem).\(kind.rawValue)", isImplied: kind != format)
    }
    // Which characters the fonts lack is known only when everything has been measured.
    try Drawing.tell(fonts, strict: strictFonts || command.strictFonts, console, output)
    notes.append("wrote \(files.map { "\(stem).\($0.rawValue)" }.joined(separator: ", "))")
    notes.append("caption: \(look.language("\(figure.title). \(figure.caption)"))")
    return notes
  }

  private func figure(_ record: RunRecord) throws -> Figure {
    do {
      let plain = try record.figureData(in: look.language)
      let data = try plain.styled(by: look.author)
      let figures = try kinds.map { kind -> (figure: Figure, title: String) in
        guard let figure = kind.figure(data) else {
          throw Failure(kind: "figure", "“\(kind.card.id)” has nothing to show: \(kind.absence(data))")
        }
        return (figure, look.language(fixed: kind.card.title))
      }
      guard let joined = Figure.joined(figures, setting: data.setting, in: look.language) else {
        throw Failure(kind: "figure", "there is nothing to draw")
      }
      return try look.author.applied(to: joined, of: plain)
    } catch let error as AuthorStyleError {
      throw Failure.usage(error.description)
    }
  }

  /// Names that the author gave and another method has too.
  private func alike(_ record: RunRecord) -> [String] {
    guard let data = try? record.figureData(in: look.language).styled(by: look.author) else { return [] }
    let names = data.methods.map(\.name), given = Set(look.author.series.values.compactMap(\.name))
    return given.sorted().filter { name in !name.isEmpty && names.count { $0 == name } > 1 }.map {
      "note: two series are called “\($0)”; readers cannot tell them apart"
    }
  }

  /// What the user may not have meant.
  private func notes(_ record: RunRecord) -> [String] {
    var notes: [String] = []
    if command.options.target == nil, kinds.contains(where: { $0.card.needsTarget }),
      record.targetLength <= record.trainedLength
    {
      let trained = TokenCount.label(record.trainedLength), longer = TokenCount.label(4 * record.trainedLength)
      notes.append(
        "note: without --target this is the model's own length of \(trained), where methods that scale by it change nothing; add --target \(longer)"
      )
    }
    let left = record.methods.filter { !$0.inFigures }.map(\.label)
    if command.options.methods != nil, !left.isEmpty {
      notes.append(
        "note: a figure shows at most \(Run.chosenMethodLimit) methods; left out: \(left.joined(separator: ", "))")
    }
    let own = look.author.series.sorted { $0.key < $1.key }.compactMap { entry in
      entry.value.colour.map { (key: entry.key, colour: $0) }
    }
    let pale = (own + look.author.palette.map { ("the palette", $0) }).compactMap { key, colour -> String? in
      let contrast = Colour(hex: colour).contrast(with: Colour(rgb: 0xFFFFFF))
      guard contrast < 3 else { return nil }
      return
        "note: #\(colour) for \(key) has a contrast of \(Wording.fixed(contrast, decimals: 1)):1 on white; lines want 3:1"
    }
    return notes + pale + alike(record)
  }
}
