import RopeJSON

extension Runtime {
  /// A runtime that is known by name, with the reading that it shares, if it does.
  init(_ card: NamedRuntime) {
    let shared = card.reads.flatMap { RuntimeCatalogue.versions(of: $0).last }
    self.init(
      name: card.name, aliases: card.aliases, title: card.title, version: shared?.version ?? "by name", date: card.read,
      remarks: [card.sentence] + card.remarks, dialect: shared?.dialect ?? .unknown(card))
    named = card
  }
}

extension Dialect {
  /// What is not modelled refuses every file, and says what is public.
  fileprivate static func unknown(_ card: NamedRuntime) -> Dialect {
    Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst,
      interpret: { (_) throws(ConfigurationError) in throw ConfigurationError(refusing: card.sentence) },
      settings: { (_) throws(ConfigurationError) in throw ConfigurationError(refusing: card.sentence) })
  }
}
