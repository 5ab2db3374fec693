/// A runtime that is known by name: what is public of its settings, and whose reading it shares where it has none of
/// its own.
public struct NamedRuntime: Sendable, Hashable {
  /// What a command line calls it: `lmstudio`.
  public let name: String
  public let aliases: [String]
  /// `LM Studio`.
  public let title: String
  /// What was looked at, and when: `git snapshot of August 2026`.
  public let read: String
  /// The modelled runtime that it reads configurations with, or as; nil where none is.
  public let reads: String?
  /// How a length is asked for, and what becomes of a longer one; nil where it is not public.
  public let length: String?
  /// How scaling is asked for; nil where there is no public way.
  public let scaling: String?
  /// What else a user should know.
  public let remarks: [String]

  init(
    _ name: String, _ title: String, aliases: [String] = [], read: String, reads: String? = nil, length: String? = nil,
    scaling: String? = nil, remarks: [String] = []
  ) {
    self.name = name
    self.title = title
    self.aliases = aliases
    self.read = read
    self.reads = reads
    self.length = length
    self.scaling = scaling
    self.remarks = remarks
  }

  /// What is public about its settings, in a sentence or two.
  public var settings: String {
    let parts = [length.map { "length: \($0)" }, scaling.map { "scaling: \($0)" }].compactMap { $0 }
    return parts.isEmpty ? "no public settings are known" : parts.joined(separator: "; ")
  }

  /// What to say where numbers are shown or refused under this name.
  public var sentence: String {
    guard let reads, let shared = RuntimeCatalogue.versions(of: reads).last else {
      return "\(title) is known by name only, its rotation is not computed; \(settings)"
    }
    return
      "\(title) runs \(shared.title)'s reading of the file: the numbers are those of \(shared.title) \(shared.version)"
  }
}
