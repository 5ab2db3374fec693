import RopeMath

/// The texts that an evaluation reads, and how texts become a model's tokens and back.
public struct EvaluationSource: Sendable {
  public struct Document: Sendable {
    public enum Content: Sendable, Hashable {
      case text(String)
      case tokens([Int])
    }

    /// What records call it: its file's name.
    public var name: String
    public var content: Content

    public init(name: String, content: Content) {
      self.name = name
      self.content = content
    }
  }

  /// What a chat template puts before and after what a user says.
  public struct Frame: Sendable, Hashable {
    public var before: String
    public var after: String

    public init(before: String, after: String) {
      self.before = before
      self.after = after
    }
  }

  public var documents: [Document]
  /// What the model wants before every text.
  public var beginning: [Int]
  /// Tokens that end what a model writes.
  public var stops: Set<Int>
  /// The chat that prompts stand in; nil for plain texts. Its texts hold the beginning, so `beginning` is empty.
  public var frame: Frame?
  /// A text without its beginning.
  public var encode: @Sendable (String) -> [Int]
  public var decode: @Sendable ([Int]) -> String

  public init(
    documents: [Document] = [], beginning: [Int] = [], stops: Set<Int> = [], frame: Frame? = nil,
    encode: @escaping @Sendable (String) -> [Int],
    decode: @escaping @Sendable ([Int]) -> String
  ) {
    self.documents = documents
    self.beginning = frame == nil ? beginning : []
    self.stops = stops
    self.frame = frame
    self.encode = encode
    self.decode = decode
  }

  /// One text that is tokens already; no other text is read with it.
  public init(tokens: [Int], named name: String = "", beginning: [Int] = []) {
    self.init(
      documents: [Document(name: name, content: .tokens(tokens))], beginning: beginning, encode: { _ in [] }
    ) { _ in "" }
  }

  /// Tells apart what the texts hold, in hexadecimal digits; nil for no text.
  public var contentHash: String? {
    guard !documents.isEmpty else { return nil }
    var hash = StableHash()
    for document in documents {
      switch document.content {
      case .text(let text): hash.add(text)
      case .tokens(let tokens): for token in tokens { hash.add(UInt64(truncatingIfNeeded: token)) }
      }
    }
    return String(hash.value, radix: 16)
  }

  /// The tokens of the first document; none where there is none.
  public var tokens: [Int] { documents.first.map(tokens(of:)) ?? [] }

  func tokens(of document: Document) -> [Int] {
    switch document.content {
    case .text(let text): encode(text)
    case .tokens(let tokens): tokens
    }
  }
}
