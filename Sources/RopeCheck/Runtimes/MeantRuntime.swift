import RopeConfig
import RopeMath

/// A runtime that a user names, with one of the versions that are meant.
public struct MeantRuntime: Sendable {
  /// As it was written, taken apart.
  public let reference: RuntimeReference
  /// What it computes; nil for a runtime that is known by name only, or not at all.
  public let runtime: Runtime?
  /// How messages call it: `vLLM 0.12`, or as it was written.
  public let label: String

  /// The catalogue's name, or the word that was written where it has none.
  public var name: String { reference.name }

  /// The version that was asked for; nil for the newest.
  public var asked: RuntimeVersion? { reference.isUnversioned ? nil : reference.version ?? reference.from }

  init(_ reference: RuntimeReference, _ runtime: Runtime?) {
    self.reference = reference
    self.runtime = runtime.flatMap { $0.isKnownByNameOnly ? nil : $0 }
    let version = runtime.flatMap { $0.asked ?? ($0.isKnownByNameOnly ? nil : $0.version) }
    label = runtime == nil ? reference.written : [reference.title, version].compactMap { $0 }.joined(separator: " ")
  }

  /// A version of the catalogue.
  init(_ runtime: Runtime) { self.init(Self.references[runtime.id] ?? RuntimeReference(runtime.id), runtime) }

  private static let references = Dictionary(
    RuntimeCatalogue.all.map { ($0.id, RuntimeReference($0.id)) }, uniquingKeysWith: { first, _ in first })

  /// Reads `vllm`, `vllm@0.33`, `transformers 4.40-4.57`, `vLLM >= 0.11`; several stand between commas.
  public static func parse(_ text: String) -> [MeantRuntime] {
    RuntimeReference.parse(text).flatMap { reference in
      let runtimes = (try? RuntimeCatalogue.selection(reference).runtimes) ?? []
      return runtimes.isEmpty ? [MeantRuntime(reference, nil)] : runtimes.map { MeantRuntime(reference, $0) }
    }
  }

  /// Whether a version before `version` is meant; false where none is given, which means the newest.
  func isBefore(_ version: String) -> Bool { reference.isBefore(version) }

  func has(_ trait: RuntimeTrait) -> Bool { trait.runtimes.contains(name) && (trait.next.map(isBefore) ?? true) }

  /// What its versions do to a model type beyond how they read scaling.
  func faults(_ modelType: String) -> [RuntimeFault] {
    RuntimeFaults.affecting(reference, modelType: modelType)
  }
}
