import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// Which rules run.
public enum CheckSelection {
  /// The rules that `select` names (all where it names none) without those of `ignore`.
  ///
  /// - Throws: `ConfigurationError` for a name that is no rule's.
  public static func rules(
    select: [String] = [], ignore: [String] = []
  ) throws(ConfigurationError) -> [any Rule.Type] {
    let names = RuleCatalogue.cards.map(\.id)
    for name in select + ignore where name != "all" && !names.contains(name) {
      throw ConfigurationError(
        .invalid, "“\(name.excerpt(60))” is no rule\(Nearest.hint(name, in: names)) (ropescope explain lists the rules)"
      )
    }
    let ignored = Set(ignore)
    return RuleCatalogue.all.filter { rule in
      let id = rule.card.id
      return (select.isEmpty || select.contains(id) || select.contains("all")) && !ignored.contains(id)
    }
  }
}
