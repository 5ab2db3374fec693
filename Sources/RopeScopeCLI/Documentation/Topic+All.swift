import RopeAnalysis
import RopeCheck
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import RopeText

extension Topic {
  /// Everything that has a page, kind by kind in the order of lists.
  static let all: [Topic] = {
    let runtimes = (RuntimeCatalogue.all.map(\.name) + NamedRuntimes.all.map(\.name)).distinct()
    let spellings = Set(ConfigurationKey.all.flatMap { $0.spellings.dropFirst() })
    let keys = Set(MethodCatalogue.cards.flatMap { $0.parameters.map(\.key) })
      .union(ConfigurationKey.all.map(\.name)).union(ScalingKeys.all).subtracting(spellings)
    let parts: [[Topic]] = [
      MethodCatalogue.cards.map(Topic.init), FigureCatalogue.all.map { Topic($0.card) },
      AnalysisCatalogue.all.map { Topic($0.card) },
      RuleCatalogue.cards.map(Topic.init), runtimes.map(Topic.init(runtime:)), FamilyPage.all.map(Topic.init),
      ModelPresets.all.map(Topic.init), [.settings, .exitCodes, .environment], GlossaryTerm.all.map(Topic.init),
      keys.sorted().map(Topic.init(key:)),
    ]
    return parts.flatMap { $0 }
  }()

  /// Topics of a name or alias. A family, a term or a key answers only to what nothing else is called.
  static func named(_ name: String) -> [Topic] {
    let name = name.lowercased()
    let found = all.filter { $0.isCalled(name) }
    for kinds: Set<PageKind> in [
      [.method, .figure, .analysis, .rule, .runtime, .model, .reference], [.key, .term], [.family],
    ] {
      let these = found.filter { kinds.contains($0.kind) }
      if !these.isEmpty { return these }
    }
    return []
  }
}
