extension Block {
  /// What a check found in a config, worst first as given.
  public struct Findings: Sendable, Hashable, Codable {
    public enum Severity: String, Sendable, Codable { case error, warning, note }

    public struct Item: Sendable, Hashable, Codable {
      public var severity: Severity
      /// The rule's name.
      public var rule: String
      public var message: Prose
      /// `config.json:12:5 (/rope_scaling/factor)`; empty where there is no file.
      public var place: String
      /// What to do about it; empty where nothing is known.
      public var remedy: Prose

      public init(_ severity: Severity, rule: String, message: Prose, place: String = "", remedy: Prose = "") {
        self.severity = severity
        self.rule = rule
        self.message = message
        self.place = place
        self.remedy = remedy
      }
    }

    public var id: String?
    public var items: [Item]

    public init(id: String? = nil, _ items: [Item]) {
      self.id = id
      self.items = items
    }
  }

  /// The literature, in order of the list.
  public struct Citations: Sendable, Hashable, Codable {
    public struct Entry: Sendable, Hashable, Codable {
      /// A slug that `Inline.reference` may name: `yarn-2023`.
      public var id: String
      /// Authors, title, year.
      public var text: Prose
      public var address: String?

      public init(id: String, _ text: Prose, address: String? = nil) {
        self.id = id
        self.text = text
        self.address = address
      }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }
  }
}
