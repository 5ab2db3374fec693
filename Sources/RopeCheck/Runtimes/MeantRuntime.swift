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
    RuntimeReference.parse(text).flatMap(one)
  }

  /// Whether a version before `version` is meant; false where none is given, which means the newest.
  func isBefore(_ version: String) -> Bool {
    guard let asked, let version = RuntimeVersion(version) else { return false }
    return asked < version
  }

  private static func one(_ reference: RuntimeReference) -> [MeantRuntime] {
    do throws(ConfigurationError) {
      let selection = try RuntimeCatalogue.selection(reference)
      let shown = selection.runtimes.count == 1 ? reference.version : nil
      // A range without an upper end is judged at its ends.
      let isOpen = reference.from != nil && reference.to == nil && selection.runtimes.count > 2
      let runtimes = isOpen ? [selection.runtimes[0], selection.runtimes[selection.runtimes.count - 1]] : selection.runtimes
      return runtimes.map { runtime in
        guard !runtime.isKnownByNameOnly else {
          return MeantRuntime(name: reference.name, label: reference.written, runtime: nil, asked: reference.from)
        }
        // What runs another's reading keeps its own name.
        let label =
          runtime.named == nil ? "\(runtime.title) \(shown?.description ?? runtime.version)" : reference.written
        return MeantRuntime(name: runtime.name, label: label, runtime: runtime, asked: shown)
      }
    } catch {
      // A name that the catalogue does not have.
      return [MeantRuntime(name: reference.name, label: reference.written, runtime: nil, asked: reference.from)]
    }
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
