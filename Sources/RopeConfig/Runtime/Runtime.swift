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
  /// The version meant: the one that was asked for where it is modelled, else the newest whose source was read.
  public internal(set) var version: String
  /// The newest version of this behaviour whose source was read.
  public let read: String
  /// First version of this behaviour; nil for all that came before `next`.
  public let first: RuntimeVersion?
  /// First version that behaves otherwise; nil for the newest behaviour known.
  public let next: RuntimeVersion?
  /// When the source that was read was published, `2026-11`.
  public let date: String
  /// What a reader should know of this version as such.
  public internal(set) var remarks: [String]
  /// The version that was asked for, where it is not modelled and this one stands in for it.
  public internal(set) var asked: String?
  /// Where the runtime is known by name: what is public of it. Nothing is computed unless it shares another's reading.
  public internal(set) var named: NamedRuntime?
  var dialect: Dialect

  init(
    name: String, aliases: [String] = [], title: String, version: String, first: String? = nil, next: String? = nil,
    date: String, remarks: [String] = [], dialect: Dialect
  ) {
    self.name = name
    self.aliases = aliases
    self.title = title
    self.version = version
    read = version
    self.first = first.flatMap(RuntimeVersion.init)
    self.next = next.flatMap(RuntimeVersion.init)
    self.date = date
    self.remarks = remarks
    self.dialect = dialect
  }

  /// `vllm@0.33.0`.
  public var id: String { "\(name)@\(version)" }

  /// Whether nothing can be computed for it.
  public var isKnownByNameOnly: Bool { named.map { $0.reads == nil } ?? false }

  /// The version that faults and model classes are looked up by; a coarse one (`0.11`) means the newest of its releases.
  public var actualVersion: RuntimeVersion? {
    let read = RuntimeVersion(self.read)
    guard let meant = RuntimeVersion(asked ?? version), covers(meant) else { return read }
    if read.map(meant.holds) == true { return read }
    return first.map { max($0, meant) } ?? meant
  }

  /// The same behaviour under the version that a user named.
  func named(version: String) -> Runtime {
    var copy = self
    copy.version = version
    return copy
  }

  /// This behaviour in place of a version that is not modelled.
  func standingIn(for version: String) -> Runtime {
    var copy = self
    copy.asked = version
    return copy
  }

  /// Whether a version shows this behaviour. Versions newer than the one read are taken to.
  public func covers(_ version: RuntimeVersion) -> Bool {
    if let first, version < first, !version.holds(first) { return false }
    if let next, version >= next { return false }
    return true
  }

  /// Whether a version that this behaviour covers lies beyond what was read of it, before another behaviour begins.
  func isBetween(_ version: RuntimeVersion) -> Bool {
    guard let next, let read = RuntimeVersion(self.read), version > read, !version.holds(read) else { return false }
    // Patch releases of the release that was read, unless the change falls among them.
    return !version.isSameMinor(as: read) || next.isSameMinor(as: read)
  }

  /// A sentence where `version` is newer than what was read, so that it may have changed since.
  public func warning(for version: RuntimeVersion) -> String? {
    guard next == nil, let known = RuntimeVersion(read), known < version, !version.holds(known),
      // Dates and release numbers cannot be compared.
      !known.isDate || version.isDate
    else { return nil }
    return "\(title) \(version) is newer than what is known here (\(read), \(date)): it may compute otherwise"
  }
}
