import RopeText

/// One runtime's settings for a method at a length, or why it has none.
public struct SettingsRecord: Sendable, Hashable, Codable {
  public var runtime: String
  public var version: String
  public var supported: Bool
  /// `configuration`, `arguments`, `code` or `file`; nil where there are none.
  public var kind: String?
  public var text: String?
  /// Why there are none.
  public var reason: String?
  public var notes: [String]

  public init(runtime: String, version: String, kind: String, text: String, notes: [String]) {
    self.runtime = runtime
    self.version = version
    supported = true
    self.kind = kind
    self.text = text
    self.notes = notes
  }

  public init(runtime: String, version: String, refusing reason: String) {
    self.runtime = runtime
    self.version = version
    supported = false
    self.reason = reason
    notes = []
  }

  /// Settings as a search writes them: every key in each entry, null where there is nothing, and no `supported`, which
  /// follows from the kind.
  @propertyWrapper public struct WithEveryKey: Sendable, Hashable, Codable {
    public var wrappedValue: [SettingsRecord]

    public init(wrappedValue: [SettingsRecord]) { self.wrappedValue = wrappedValue }

    private struct Entry: Codable {
      let runtime: String
      let version: String
      @Nullable var kind: String?
      @Nullable var text: String?
      @Nullable var reason: String?
      let notes: [String]
    }

    public init(from decoder: any Decoder) throws {
      wrappedValue = try [Entry](from: decoder).map { entry in
        var record = SettingsRecord(runtime: entry.runtime, version: entry.version, refusing: "")
        record.supported = entry.kind != nil
        (record.kind, record.text, record.reason, record.notes) = (entry.kind, entry.text, entry.reason, entry.notes)
        return record
      }
    }

    public func encode(to encoder: any Encoder) throws {
      try wrappedValue.map {
        Entry(
          runtime: $0.runtime, version: $0.version, kind: $0.kind, text: $0.text, reason: $0.reason, notes: $0.notes)
      }.encode(to: encoder)
    }
  }
}
