import RopeConfig
import RopeJSON
import RopeMath

/// A runtime that a user names, with the version that is meant.
public struct MeantRuntime: Sendable {
  /// The catalogue's name, or the word that was written where it has none.
  public let name: String
  /// How messages call it: `vLLM 0.12`, or as it was written.
  public let label: String
  /// What it computes; nil for a runtime or a version that is known by name only.
  public let runtime: Runtime?
  /// The version that was asked for; nil for the newest.
  public let asked: RuntimeVersion?

  init(name: String, label: String, runtime: Runtime?, asked: RuntimeVersion? = nil) {
    self.name = name
    self.label = label
    self.runtime = runtime
    self.asked = asked
  }

  /// The newest version of a runtime of the catalogue.
  init(_ runtime: Runtime) {
    self.init(name: runtime.name, label: "\(runtime.title) \(runtime.version)", runtime: runtime)
  }

  /// Reads `vllm`, `vllm@0.33`, `transformers 4.40-4.57`, `vLLM >= 0.11`; several stand between commas.
  public static func parse(_ text: String) -> [MeantRuntime] {
    text.split(whereSeparator: { ",;".contains($0) }).flatMap { one(String($0).trimmed) }
  }

  /// Whether a version before `version` is meant; false where none is given, which means the newest.
  func isBefore(_ version: String) -> Bool {
    guard let asked, let version = RuntimeVersion(version) else { return false }
    return asked < version
  }

  private static func one(_ written: String) -> [MeantRuntime] {
    do throws(ConfigurationError) {
      let selection = try RuntimeCatalogue.selection(written)
      let version = written.split { !$0.isNumber && $0 != "." }.last.flatMap { RuntimeVersion(String($0)) }
      return selection.runtimes.map { runtime in
        let shown = selection.runtimes.count == 1 ? version : nil
        return MeantRuntime(
          name: runtime.name, label: "\(runtime.title) \(shown?.description ?? runtime.version)", runtime: runtime,
          asked: shown)
      }
    } catch {
      return named(written)
    }
  }

  /// A version that the catalogue does not have: those of the range that it has, else the name alone.
  private static func named(_ written: String) -> [MeantRuntime] {
    let word = written.prefix { !$0.isWhitespace && !"@<>=".contains($0) }
    let versions = written.dropFirst(word.count).split { !$0.isNumber && $0 != "." }.compactMap { RuntimeVersion(String($0)) }
    let newest = try? RuntimeCatalogue.selection(String(word)).runtimes.last
    let name = newest?.name ?? word.lowercased()
    if let from = versions.first, let to = versions.last, from < to {
      let within = RuntimeCatalogue.versions(of: name).filter { runtime in
        (runtime.next.map { from < $0 } ?? true) && (runtime.first.map { $0 <= to } ?? true)
      }
      if !within.isEmpty { return within.map(MeantRuntime.init) }
    }
    return [MeantRuntime(name: name, label: written, runtime: nil, asked: versions.first)]
  }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
