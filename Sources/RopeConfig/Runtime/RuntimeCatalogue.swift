import RopeJSON
import RopeMath
import RopeText

/// The one list of runtimes, each runtime's versions from the oldest to the newest.
public enum RuntimeCatalogue {
  public static let all: [Runtime] =
    Runtime.transformersFour + Runtime.transformersFive + Runtime.vllm + Runtime.sglang + [
      .llamaCpp, .mlxLM, .mlxSwiftLM, .deepSeek, .megatron,
    ] + Runtime.torchTitan

  /// Runtimes of which no version is modelled; those that run a modelled one's reading compute as it does.
  public static let named: [Runtime] = NamedRuntimes.all.map(Runtime.init)

  /// What every other runtime is compared with: the newest transformers.
  public static let reference: Runtime = newest.first ?? .llamaCpp

  /// The newest version of each runtime, the default of a comparison.
  public static let newest: [Runtime] = all.filter { $0.next == nil }

  /// The newest version of each runtime, and of the older ones those that many still run: what a message about other
  /// runtimes looks at.
  public static let principal: [Runtime] = all.filter { runtime in
    runtime.next == nil
      || ["transformers@4.47.1", "transformers@4.54.1", "transformers@4.57.6", "vllm@0.29.0"].contains(runtime.id)
  }

  public static func versions(of name: String) -> [Runtime] { all.filter { $0.name == name } }

  /// Runtimes meant by a text: `vllm`, `vllm@0.29`, `transformers@4.45-4.57`, `HF transformers 4.51.3`, `all`.
  ///
  /// A version means the behaviour that it shows; one that is not modelled is answered by the nearest with a warning.
  /// - Throws: `ConfigurationError` for a name that is not known.
  public static func selection(_ text: String) throws(ConfigurationError) -> RuntimeSelection {
    guard text.trimmed.lowercased() != "all" else { return RuntimeSelection(runtimes: all) }
    return try selection(RuntimeReference(text))
  }

  /// - Throws: `ConfigurationError` for a name that is not known.
  public static func selection(_ reference: RuntimeReference) throws(ConfigurationError) -> RuntimeSelection {
    guard reference.isKnown else {
      let listed = (newest.map(\.name) + NamedRuntimes.all.map(\.name)).joined(separator: ", ")
      throw ConfigurationError(
        refusing:
          "unknown runtime “\(reference.written)”\(Nearest.hint(reference.written, in: RuntimeNames.all)); known are \(listed)"
      )
    }
    let known = versions(of: reference.name)
    guard let oldest = known.first, let newest = known.last else { return named(reference) }
    guard !reference.isUnversioned else { return RuntimeSelection(runtimes: [newest]) }
    if let version = reference.version { return single(version, oldest, known, reference) }
    let meant = known.filter { reference.meets(from: $0.first, before: $0.next) }
    // A range without an upper end is answered at its ends: the oldest that is meant, and the newest.
    let chosen = reference.to == nil && meant.count > 2 ? [meant[0], meant[meant.count - 1]] : meant
    guard !chosen.isEmpty else {
      let end = reference.to ?? reference.from
      return nearest(oldest, (end?.description ?? reference.written))
    }
    var warnings = [reference.to.flatMap(newest.warning)].compactMap { $0 }
    if let from = reference.from, let first = oldest.first, from < first, !from.holds(first) {
      warnings.append("\(oldest.title) before \(first) is not modelled; the oldest that is: \(oldest.read)")
    }
    return RuntimeSelection(runtimes: chosen, warnings: warnings, isExact: warnings.isEmpty)
  }

  private static func single(
    _ version: RuntimeVersion, _ oldest: Runtime, _ known: [Runtime], _ reference: RuntimeReference
  ) -> RuntimeSelection {
    // A coarse version (0.11) means the newest of its releases.
    guard let index = known.lastIndex(where: { $0.covers(version) }) else {
      return nearest(oldest, version.description)
    }
    let band = known[index]
    if band.isBetween(version), index + 1 < known.count {
      let next = known[index + 1]
      let change = next.remarks.first.map { ": \($0)" } ?? ""
      return RuntimeSelection(
        runtimes: [band.standingIn(for: version.description)],
        warnings: [
          """
          \(reference.name) \(version) is not modelled; nearest is \(band.read), and by \
          \(next.first?.description ?? next.read) it reads otherwise\(change)
          """
        ], isExact: false)
    }
    if let warning = band.warning(for: version) {
      return RuntimeSelection(
        runtimes: [band.standingIn(for: version.description)], warnings: [warning], isExact: false)
    }
    let isRead = RuntimeVersion(band.read).map(version.holds) == true
    return RuntimeSelection(runtimes: [isRead ? band : band.named(version: version.description)])
  }

  private static func nearest(_ oldest: Runtime, _ asked: String) -> RuntimeSelection {
    RuntimeSelection(
      runtimes: [oldest.standingIn(for: asked)],
      warnings: [
        """
        \(oldest.name) \(asked) is not modelled; nearest is \(oldest.read), which may read other keys: nothing \
        before \(oldest.first?.description ?? oldest.version) was read
        """
      ], isExact: false)
  }

  private static func named(_ reference: RuntimeReference) -> RuntimeSelection {
    guard let runtime = named.first(where: { $0.name == reference.name }), let card = runtime.named else {
      return RuntimeSelection(runtimes: [], isExact: false)
    }
    let chosen = reference.from.map { runtime.standingIn(for: $0.description) } ?? runtime
    return RuntimeSelection(runtimes: [chosen], warnings: [card.sentence], isExact: false)
  }
}
