import ArgumentParser
import RopeConfig
import RopeMath
import RopeReport
import RopeText

/// `ropescope models`: the presets.
struct ModelsCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the model presets and where their numbers come from.",
    discussion: """
      EXAMPLES:
        ropescope models
        ropescope inspect llama-3.1-8b
      """)

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var output: OutputOptions

  private struct Entry: Encodable {
    let name: String
    let source: String
    let geometry: GeometryRecord?
    let scaling: String?
  }

  private struct List: Encodable {
    let schema = "ropescope.models/1"
    let models: [Entry]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let entries = try ModelPresets.all.map { preset in
      let model = try preset.resolved()
      return Entry(
        name: preset.name, source: preset.source, geometry: GeometryRecord(model),
        scaling: model.layerTypes.first?.scaling?.name)
    }
    switch format {
    case .json: console.print(try JSONText.encode(List(models: entries)))
    case .text:
      console.print(
        TextTable(
          columns: [
            ("model", .left), ("head", .right), ("base", .right), ("trained", .right), ("window", .right),
            ("scaling", .left), ("source", .left),
          ],
          rows: entries.map { entry in
            [
              entry.name, entry.geometry.map { String($0.headDimension) } ?? "",
              entry.geometry?.base?.formattedShortest ?? "",
              entry.geometry.map { TokenCount.label($0.trainedLength) } ?? "",
              entry.geometry?.window.map(TokenCount.label) ?? "", entry.scaling ?? "none", entry.source,
            ]
          }, optional: ["source", "head", "scaling"]
        ).text(in: console.layout))
    }
    return .clean
  }
}
