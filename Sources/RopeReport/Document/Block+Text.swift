import RopeText

extension Block {
  /// Three to six sentences computed from the numbers.
  public struct Verdict: Sendable, Hashable, Codable {
    public struct Sentence: Sendable, Hashable, Codable {
      public enum Tone: String, Sendable, Codable { case plain, good, caution, bad }
      public var text: Prose
      /// Id of the block that shows it; a link “Figure 3” follows the sentence.
      public var evidence: String?
      public var tone: Tone

      public init(_ text: Prose, evidence: String? = nil, tone: Tone = .plain) {
        self.text = text
        self.evidence = evidence
        self.tone = tone
      }
    }

    public var sentences: [Sentence]

    public init(_ sentences: [Sentence]) { self.sentences = sentences }
  }

  public struct List: Sendable, Hashable, Codable {
    public var items: [Prose]
    public var numbered: Bool

    public init(_ items: [Prose], numbered: Bool = false) {
      self.items = items
      self.numbered = numbered
    }
  }

  /// Named values, such as the geometry of a model.
  public struct KeyValues: Sendable, Hashable, Codable {
    public struct Entry: Sendable, Hashable, Codable {
      public var key: String
      public var value: Prose
      /// Where the value comes from: `given, config.json line 12 (/rope_theta)`.
      public var source: String
      /// What links point to; nil for none.
      public var id: String?

      public init(_ key: String, _ value: Prose, source: String = "", id: String? = nil) {
        self.key = key
        self.value = value
        self.source = source
        self.id = id
      }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }
  }

  /// Plain-text mathematics on a line of its own; `MathText` says how it is written.
  public struct Formula: Sendable, Hashable, Codable {
    public struct Symbol: Sendable, Hashable, Codable {
      public var symbol: String
      public var meaning: Prose

      public init(_ symbol: String, _ meaning: Prose) {
        self.symbol = symbol
        self.meaning = meaning
      }
    }

    public var id: String?
    public var text: String
    /// What is computed, above the formula; empty for nothing.
    public var title: String
    /// Each symbol explained.
    public var symbols: [Symbol]
    /// Paper and equation.
    public var reference: Prose?
    /// What it does not say, under the formula.
    public var remark: Prose?

    public init(
      id: String? = nil, _ text: String, title: String = "", symbols: [Symbol] = [], reference: Prose? = nil,
      remark: Prose? = nil
    ) {
      self.id = id
      self.text = text
      self.title = title
      self.symbols = symbols
      self.reference = reference
      self.remark = remark
    }
  }

  /// Command lines or settings, kept as they are.
  public struct Code: Sendable, Hashable, Codable {
    /// What it is, in words: `vLLM`, `To make this report again`.
    public var title: String
    public var text: String

    public init(title: String = "", _ text: String) {
      self.title = title
      self.text = text
    }
  }

  public struct Details: Sendable, Hashable, Codable {
    public var id: String?
    public var summary: String
    public var blocks: [Block]

    public init(id: String? = nil, summary: String, blocks: [Block]) {
      self.id = id
      self.summary = summary
      self.blocks = blocks
    }
  }

  /// A remark set apart.
  public struct Note: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable { case note, caution }
    public var kind: Kind
    public var text: Prose
    /// What stands before the text.
    var heading: Message { kind == .caution ? "Caution." : "Note." }

    public init(_ kind: Kind = .note, _ text: Prose) {
      self.kind = kind
      self.text = text
    }
  }
}
