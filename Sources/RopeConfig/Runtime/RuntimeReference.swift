import RopeText

/// A runtime as people write it, with the versions that are meant: `vLLM >= 0.11`, `transformers 4.40-4.57`,
/// `HF transformers 4.51.3`, `llama.cpp b7310`.
public struct RuntimeReference: Sendable, Hashable {
  /// The name of the catalogue, or what was written where no runtime has that name.
  public let name: String
  /// Its usual spelling: `vLLM`.
  public let title: String
  /// As it was written.
  public let written: String
  /// Whether the name is one of the catalogue's, modelled or known by name.
  public let isKnown: Bool
  /// First version meant; nil for no lower end.
  public let from: RuntimeVersion?
  /// Last version meant; nil for the newest.
  public let to: RuntimeVersion?
  /// Whether `to` itself is not meant (`< 0.30`).
  public let endsBefore: Bool

  /// The one version that is meant; nil for none or a range.
  public var version: RuntimeVersion? { from == to ? from : nil }

  public var isUnversioned: Bool { from == nil && to == nil }

  /// Several runtimes stand between commas, semicolons, plus signs, or `and`.
  public static func parse(_ text: String) -> [RuntimeReference] {
    RuntimeText.parts(text).map { RuntimeReference($0) }
  }

  public init(_ text: String) {
    written = text.trimmed
    let found = RuntimeNames.find(in: written)
    isKnown = found != nil
    name = found?.name ?? written.lowercased()
    title = found?.title ?? written
    let range = RuntimeText.versions(found?.rest ?? written)
    from = range.from
    to = range.to
    endsBefore = range.endsBefore
  }

  // MARK: Which versions are meant

  /// Whether a version before `version` is meant; false where none is given, which means the newest.
  public func isBefore(_ version: RuntimeVersion) -> Bool {
    guard !isUnversioned else { return false }
    guard let from else { return true }
    return from < version && !from.holds(version)
  }

  /// Whether a version of at least `version` is meant; `5` means any 5.x.
  public func reaches(_ version: RuntimeVersion) -> Bool {
    guard let to else { return true }
    return version < to || (!endsBefore && (version == to || to.holds(version)))
  }

  /// Whether some version from `first` on and before `next` is meant; nil for no such end.
  public func meets(from first: RuntimeVersion?, before next: RuntimeVersion?) -> Bool {
    (first.map(reaches) ?? true) && (next.map(isBefore) ?? true)
  }

  public func isBefore(_ version: String) -> Bool { RuntimeVersion(version).map(isBefore) ?? false }
  public func reaches(_ version: String) -> Bool { RuntimeVersion(version).map(reaches) ?? true }
}
