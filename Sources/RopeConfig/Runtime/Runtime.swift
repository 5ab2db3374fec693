/// How one runtime, in the versions that share its behaviour, reads a configuration and rotates with it.
///
/// A runtime is data: what it reads, and one function from a layer's declared scaling to the method that it really
/// computes. What it does not read is left out of that method; what it refuses is thrown.
public struct Runtime: Sendable {
  /// What a command line calls it: `vllm`.
  public let name: String
  public let aliases: [String]
  /// `vLLM`.
  public let title: String
  /// The version whose source was read.
  public let version: String
  /// First version of this behaviour; nil for all that came before `next`.
  public let first: RuntimeVersion?
  /// First version that behaves otherwise; nil for the newest behaviour known.
  public let next: RuntimeVersion?
  /// When the source that was read was published, `2026-11`.
  public let date: String
  /// What a reader should know of this version as such.
  public let remarks: [String]
  let dialect: Dialect

  init(
    name: String, aliases: [String] = [], title: String, version: String, first: String? = nil, next: String? = nil,
    date: String, remarks: [String] = [], dialect: Dialect
  ) {
    self.name = name
    self.aliases = aliases
    self.title = title
    self.version = version
    self.first = first.flatMap(RuntimeVersion.init)
    self.next = next.flatMap(RuntimeVersion.init)
    self.date = date
    self.remarks = remarks
    self.dialect = dialect
  }

  /// `vllm@0.33.0`.
  public var id: String { "\(name)@\(version)" }

  /// `knows vLLM to 0.33.0 (2026-11)`.
  public var knowledge: String { "knows \(title) to \(version) (\(date))" }

  /// Whether a version shows this behaviour. Versions newer than the one read are taken to.
  public func covers(_ version: RuntimeVersion) -> Bool {
    if let first, version < first, !version.holds(first) { return false }
    if let next, version >= next { return false }
    return true
  }

  /// A sentence where `version` is newer than what was read, so that it may have changed since.
  public func warning(for version: RuntimeVersion) -> String? {
    guard next == nil, let known = RuntimeVersion(self.version), known < version, !version.holds(known),
      // Dates and release numbers cannot be compared.
      (known.numbers.first ?? 0) < 2000 || (version.numbers.first ?? 0) >= 2000
    else { return nil }
    return "\(title) \(version) is newer than what is known here (\(self.version), \(date)): it may compute otherwise"
  }
}
