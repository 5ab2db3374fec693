/// What may stand in a document beyond what the types say that it is decoded into, by key; a key that means something
/// else in one object is named behind the key of that object, `summary/lower`.
public struct JSONRules: Sendable {
  /// What numbers may be; any that is finite under other keys.
  public var ranges: [String: ClosedRange<Double>]
  /// Texts that are names: how many Unicode characters they have.
  public var names: [String: ClosedRange<Int>]
  /// Lists that may be left out where they have no entries.
  public var lists: Set<String>
  /// Entries of a list at most.
  public var mostEntries: Int
  /// A text as it is kept, and told in messages.
  public var kept: @Sendable (String) -> String

  public init(
    ranges: [String: ClosedRange<Double>] = [:], names: [String: ClosedRange<Int>] = [:], lists: Set<String> = [],
    mostEntries: Int = .max, kept: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.ranges = ranges
    self.names = names
    self.lists = lists
    self.mostEntries = mostEntries
    self.kept = kept
  }
}
