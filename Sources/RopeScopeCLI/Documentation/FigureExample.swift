import RopeConfig
import RopeFigures
import RopeMath
import RopeReport

/// Figures drawn from presets, one a kind, each with the words that draw it on a command line.
struct FigureExample: Sendable {
  let figure: ReportFigure
  let arguments: [String]

  /// Model, methods and target of a run.
  private struct Subject: Sendable {
    let model: String
    let methods: String
    let target: String
    /// Kinds that show something else with it than with the first.
    let kinds: Set<String>

    var arguments: [String] { [model, "--methods", methods, "--target", target] }
  }

  private static let subjects = [
    Subject(model: "qwen2.5-7b", methods: "none,linear,ntk,yarn", target: "128k", kinds: []),
    Subject(
      model: "llama-2-7b", methods: "none,self-extend,rerope,lm-infinite", target: "16k",
      kinds: ["position-map", "visibility", "work", "exposure-map", "schedule"]),
    Subject(
      model: "llama-2-7b", methods: "none,dynamic,dynamic-yarn", target: "16k",
      kinds: ["trajectories", "stale-keys", "cache-hazard"]),
    Subject(model: "llama-3.1-8b", methods: "config", target: "128k", kinds: ["parity"]),
  ]

  private static func subject(of card: FigureCard) -> Subject? {
    card.topic == .measured ? nil : subjects.first { $0.kinds.contains(card.id) } ?? subjects.first
  }

  /// What follows `ropescope figure KIND`; nil for kinds that need measurements.
  static func arguments(of card: FigureCard) -> [String]? { subject(of: card)?.arguments }

  /// Figures that take long to compute have no example.
  private static let slow: Set = ["temperature", "advice-stability"]

  /// An example of every kind that can be drawn from a preset, by kind.
  ///
  /// - Throws: `ConfigurationError`, `RunError`, `MethodError` or `GeometryError`: mistakes of the table above.
  static func all() async throws -> [String: FigureExample] {
    var examples: [String: FigureExample] = [:]
    for subject in subjects {
      let kinds = FigureCatalogue.all.filter { kind in
        !slow.contains(kind.card.id) && Self.subject(of: kind.card)?.arguments == subject.arguments
      }
      guard let target = TokenCount.parse(subject.target) else { continue }
      let request = RunRequest(
        model: try ModelLoader.load(subject.model), methods: try MethodSpecification.parseList(subject.methods),
        targetLength: target, analyses: Set(kinds.flatMap { $0.card.analyses }).sorted())
      let data = try await Run.record(request, version: RopeScope.version, command: []).figureData()
      for kind in kinds {
        guard let figure = kind.figure(data) else { continue }
        examples[kind.card.id] = FigureExample(
          figure: ReportFigure(kind: kind.card, figure: figure), arguments: subject.arguments)
      }
    }
    return examples
  }
}
