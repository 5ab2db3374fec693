import ArgumentParser
import RopeMath
import RopeReport
import RopeText

/// `ropescope docs`: guides, changes and schemas as text, and the whole documentation as a site.
struct DocsCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Print a guide, the changes or a JSON Schema; or write the documentation as a site.",
    discussion: """
      EXAMPLES:
        ropescope docs
        ropescope docs changelog
        ropescope docs schema check
        ropescope docs -o site
      """)

  @Argument(
    help: "A guide (paper, platform, training, code), changelog, or schema; the list where left out.",
    completion: .list(Guide.all.map(\.id) + ["changelog", "schema"]))
  var page: String?

  @Argument(help: "Of schema: which one; the list where left out.", completion: .list(JSONSchema.all.map(\.name)))
  var name: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "Folder to write the site to.", completion: .directory)
  var folder: String?

  @Flag(inversion: .prefixedNo, help: "Draw an example of each figure.")
  var figures = true

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    if let folder {
      guard page == nil else { throw Failure.usage("-o writes the whole site; it excludes “\(page ?? "")”") }
      return try await write(folder, console)
    }
    guard let page else {
      let guides = (Guide.all + [.changelog]).map { "  \($0.id): \($0.summary)" }
      console.print(
        (["Pages:"] + guides + [
          "  schema: JSON Schemas: " + JSONSchema.all.map(\.name).joined(separator: ", "), "",
          "ropescope docs -o FOLDER writes all of it as a site.",
        ]).joined(separator: "\n"))
      return .clean
    }
    guard page != "schema" else { return try schema(console) }
    guard name == nil else { throw Failure.usage("“\(page)” takes no second name") }
    guard let guide = (Guide.all + [.changelog]).first(where: { $0.id == page }) else {
      throw Failure.usage(
        "no page is called “\(page)”\(Nearest.hint(page, in: (Guide.all + [.changelog]).map(\.id) + ["schema"])) (ropescope docs lists them)"
      )
    }
    console.print(guide.text.hasSuffix("\n") ? String(guide.text.dropLast()) : guide.text)
    return .clean
  }

  private func schema(_ console: Console) throws -> ExitStatus {
    guard let name else {
      console.print(
        TextTable(
          columns: [("schema", .left), ("what it describes", .left)], rows: JSONSchema.all.map { [$0.name, $0.title] }
        ).text(in: console.layout))
      return .clean
    }
    guard let schema = JSONSchema.all.first(where: { $0.name == name }) else {
      throw Failure.usage(
        "no schema is called “\(name)”\(Nearest.hint(name, in: JSONSchema.all.map(\.name))) (ropescope docs schema lists them)"
      )
    }
    console.write(.output, schema.bytes)
    return .clean
  }

  private func write(_ folder: String, _ console: Console) async throws -> ExitStatus {
    var outputs = writing.outputs(reading: [])
    try outputs.expect([], in: folder)
    let files = try Site(examples: figures ? try await FigureExample.all() : [:]).files()
    try outputs.add(folder: folder, files)
    for note in try outputs.commit() { output.note("note: \(note)", console) }
    output.note("wrote \(files.count) files under \(folder): index.html is the front page", console)
    return .clean
  }
}
