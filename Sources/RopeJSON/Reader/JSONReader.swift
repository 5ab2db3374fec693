/// Walks through JSON and builds nothing: the caller says what it expects, entry by entry. Trees, safetensors headers,
/// shard indices and tokenizers are all read by it.
public struct JSONReader {
  /// What is accepted, and how deep.
  public struct Options: Sendable {
    /// `NaN`, `Infinity` and `-Infinity`, as Python writes them.
    public var acceptsPythonNumbers = false
    /// Half of a surrogate pair becomes U+FFFD, as in most readers, instead of a fault.
    public var replacesHalfCharacters = false
    /// Nested lists and objects at most.
    public var depth = 64
    /// Values of a tree at most.
    public var nodes = Int.max

    /// Files that machines write.
    public static let strict = Options()
    /// Files that people and Python write; real configurations are nested fewer than ten deep.
    public static let configuration = Options(
      acceptsPythonNumbers: true, replacesHalfCharacters: true, depth: 256, nodes: 4_000_000)
  }

  let bytes: [UInt8]
  let options: Options
  /// The byte that comes next.
  public internal(set) var offset: Int
  /// Where the key stands whose value is read, quotes included.
  public private(set) var keyBytes = 0..<0
  private var depth = 0
  private var nodes = 0

  public init(_ bytes: [UInt8], from offset: Int = 0, options: Options = .strict) {
    self.bytes = bytes
    self.offset = offset
    self.options = options
  }

  // MARK: Objects and lists

  /// One entry after another of an object, its key handed to `entry`, which reads the value.
  public mutating func object(_ entry: (inout JSONReader, String) throws(JSONFault) -> Void) throws(JSONFault) {
    guard peek() == "{" else { throw problem("no object where one belongs") }
    try enter()
    if !skip("}") {
      repeat {
        guard let first = peek() else { throw fault("the file ends inside the object") }
        guard first == "\"" else { throw fault("expected a key in double quotes") }
        let start = offset
        let key = try text()
        keyBytes = start..<offset
        guard skip(":") else { throw fault("expected “:” after the key “\(key.prefix(40))”") }
        try entry(&self, key)
      } while try goesOn("}", "object")
    }
    depth -= 1
  }

  /// One entry after another of a list, each read by `entry`.
  public mutating func list(_ entry: (inout JSONReader) throws(JSONFault) -> Void) throws(JSONFault) {
    guard peek() == "[" else { throw problem("no list where one belongs") }
    try enter()
    if !skip("]") { repeat { try entry(&self) } while try goesOn("]", "list") }
    depth -= 1
  }

  /// Counts a value of a tree.
  mutating func countNode() throws(JSONFault) {
    nodes += 1
    guard nodes <= options.nodes else { throw fault("it holds more than \(options.nodes) values") }
  }

  private mutating func enter() throws(JSONFault) {
    depth += 1
    guard depth <= options.depth else { throw fault("lists and objects are nested more than \(options.depth) deep") }
    offset += 1
  }

  /// Behind an entry: true past a comma, false past the closing bracket.
  private mutating func goesOn(_ closing: Unicode.Scalar, _ kind: String) throws(JSONFault) -> Bool {
    if skip(",") { return true }
    if skip(closing) { return false }
    throw fault(offset == bytes.count ? "the file ends inside the \(kind)" : "expected “,” or the end of the \(kind)")
  }

  // MARK: Single values

  /// The first byte of the value that follows: `"`, `{`, `[`, a digit, `t`, `f` or `n` tell its kind.
  public mutating func peek() -> Unicode.Scalar? {
    skipSpace()
    return offset < bytes.count ? Unicode.Scalar(bytes[offset]) : nil
  }

  public mutating func flag() throws(JSONFault) -> Bool {
    let value = peek() == "t"
    try word(value ? "true" : "false")
    return value
  }

  /// Moves over `null`, if it stands here.
  public mutating func skipNull() throws(JSONFault) -> Bool {
    guard peek() == "n" else { return false }
    try word("null")
    return true
  }

  mutating func word(_ word: String) throws(JSONFault) {
    skipSpace()
    guard bytes[offset...].starts(with: word.utf8) else { throw fault("expected “\(word)”") }
    offset += word.utf8.count
  }

  /// Moves over a value of any kind.
  public mutating func skipValue() throws(JSONFault) {
    switch peek() {
    case "{": try object { (reader, _) throws(JSONFault) in try reader.skipValue() }
    case "[": try list { (reader) throws(JSONFault) in try reader.skipValue() }
    case "\"": _ = try textBytes()
    case "t", "f": _ = try flag()
    case "n": try word("null")
    default: _ = try number()
    }
  }

  /// Only white space may follow.
  public mutating func end() throws(JSONFault) {
    skipSpace()
    guard offset == bytes.count else { throw fault("something stands after the end of the JSON document") }
  }

  // MARK: Faults

  /// The text is no JSON, here or at a place.
  func fault(_ message: String, at place: Int? = nil) -> JSONFault {
    JSONFault(message, kind: .syntax, at: place ?? offset)
  }

  /// The JSON is right but has something, a noun, that the caller cannot use.
  public func problem(_ what: String) -> JSONFault { JSONFault(what, kind: .content, at: offset) }

  // MARK: Bytes

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek() == character else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }
}
