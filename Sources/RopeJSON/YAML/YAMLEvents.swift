internal import CYaml

/// One step of a YAML text, with the bytes that it stands in; anchors and tags before a value are not among them.
struct YAMLEvent {
  enum Kind: Equatable {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(String, isPlain: Bool)
    case list(isFlow: Bool)
    case mapping(isFlow: Bool)
    case end
  }

  let kind: Kind
  let bytes: Range<Int>
  var anchor: String?
  var tag: String?
}

/// The events of libyaml's parser, places counted in bytes.
final class YAMLEvents {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let source: SourceText
  private let offsets: ScalarOffsets

  /// - Parameter bytes: those of the source; they must outlive the events.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ source: SourceText) {
    self.source = source
    offsets = ScalarOffsets(source)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress.map { $0 + source.start }, bytes.count - source.start)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(ConfigurationError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw fault }
    defer { yaml_event_delete(&event) }
    let start = offsets.byte(event.start_mark.index)
    let end = max(start, offsets.byte(event.end_mark.index))
    func made(_ kind: YAMLEvent.Kind, _ anchor: UnsafePointer<UInt8>?, _ tag: UnsafePointer<UInt8>?, to end: Int)
      -> YAMLEvent
    {
      let content = anchor == nil && tag == nil ? start : min(afterProperties(start), end)
      return YAMLEvent(kind: kind, bytes: content..<max(content, end), anchor: text(anchor), tag: text(tag))
    }
    switch event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, bytes: start..<end)
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return YAMLEvent(kind: .streamEnd, bytes: start..<end)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, bytes: start..<end)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, bytes: start..<end)
    case YAML_ALIAS_EVENT:
      return YAMLEvent(kind: .alias(text(event.data.alias.anchor) ?? ""), bytes: start..<end)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let words = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return made(.scalar(words, isPlain: isPlain), scalar.anchor, scalar.tag, to: end)
    case YAML_SEQUENCE_START_EVENT:
      let list = event.data.sequence_start
      return made(.list(isFlow: list.style == YAML_FLOW_SEQUENCE_STYLE), list.anchor, list.tag, to: source.bytes.count)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      return made(
        .mapping(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE), mapping.anchor, mapping.tag, to: source.bytes.count)
    default: return YAMLEvent(kind: .end, bytes: start..<end)
    }
  }

  private func text(_ words: UnsafePointer<UInt8>?) -> String? { words.map { String(cString: $0) } }

  /// Where a value begins whose anchor or tag begins at a byte.
  private func afterProperties(_ start: Int) -> Int {
    let bytes = source.bytes
    var offset = start
    func skip(while isSkipped: (UInt8) -> Bool) {
      while offset < bytes.count, isSkipped(bytes[offset]) { offset += 1 }
    }
    let delimiters = Set(" \t\r\n,[]{}".utf8)
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "&"), UInt8(ascii: "!"): skip { !delimiters.contains($0) }
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case UInt8(ascii: "#"): skip { $0 != 0x0A && $0 != 0x0D }
      default: return offset
      }
    }
    return offset
  }

  private var fault: ConfigurationError {
    let parser = parser.pointee
    var problem = parser.problem.map { String(cString: $0) } ?? "the text does not read"
    if let context = parser.context.map({ String(cString: $0) }) { problem += " " + context }
    // libyaml has a limit of its own.
    if problem.hasPrefix("Maximum nesting") { problem = "lists and mappings are nested too deep" }
    let place =
      parser.error == YAML_READER_ERROR
      ? source.start + parser.problem_offset : offsets.byte(parser.problem_mark.index)
    return source.error(.malformed, "not YAML: " + problem, at: place)
  }
}

/// Bytes of Unicode scalars, which libyaml counts.
struct ScalarOffsets {
  private static let stride = 64
  private let source: SourceText
  /// The byte of every 64th scalar; empty where all are one byte long.
  private var marks: [Int] = []

  init(_ source: SourceText) {
    self.source = source
    guard source.bytes.contains(where: { $0 >= 0x80 }) else { return }
    var count = 0
    for offset in source.start..<source.bytes.count where source.bytes[offset] & 0xC0 != 0x80 {
      if count % Self.stride == 0 { marks.append(offset) }
      count += 1
    }
  }

  /// - Parameter index: of a scalar, a byte-order mark not counted.
  func byte(_ index: Int) -> Int {
    let end = source.bytes.count
    guard !marks.isEmpty else { return min(source.start + index, end) }
    guard index / Self.stride < marks.count else { return end }
    var offset = marks[index / Self.stride]
    for _ in 0..<index % Self.stride where offset < end {
      offset += 1
      while offset < end, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
