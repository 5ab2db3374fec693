/// Builds the tree of one document. Aliases cost what they stand for, so that a few of them cannot stand for billions.
struct YAMLBuilder {
  private struct Anchored {
    let node: JSONNode
    let count: Int
    let height: Int
  }

  private let events: YAMLEvents
  private let source: SourceText
  private var anchors: [String: Anchored] = [:]
  private var depth = 0
  /// Values so far, those of aliases included, and those of aliases alone.
  private var count = 0
  private var aliased = 0
  /// Levels below the value that was read last.
  private var height = 0
  /// Keys that stand twice in one mapping, where the last one counts; nil where that is a fault.
  var repeated: [YAMLReader.RepeatedKey]?

  init(events: YAMLEvents, source: SourceText) {
    self.events = events
    self.source = source
  }

  mutating func value(_ event: YAMLEvent) throws(ConfigurationError) -> JSONNode {
    let before = count
    count += 1
    guard count <= YAMLReader.nodeLimit else {
      throw fail("it holds more than \(YAMLReader.nodeLimit) values", event.bytes)
    }
    let node: JSONNode
    switch event.kind {
    case .alias(let name):
      let target = try anchored(name, event.bytes)
      count += target.count - 1
      height = target.height
      return JSONNode(value: target.node.value, bytes: event.bytes)
    case .scalar(let text, let isPlain):
      height = 0
      node = JSONNode(value: YAMLScalar.meaning(text, isPlain: isPlain, tag: event.tag), bytes: event.bytes)
    case .list(let isFlow): node = try list(event.bytes.lowerBound, isFlow)
    case .mapping(let isFlow): node = try mapping(event.bytes.lowerBound, isFlow)
    default: throw fail("not YAML: a value is missing", event.bytes)
    }
    if let name = event.anchor { anchors[name] = Anchored(node: node, count: count - before, height: height) }
    return node
  }

  private mutating func anchored(_ name: String, _ bytes: Range<Int>) throws(ConfigurationError) -> Anchored {
    guard let target = anchors[name] else {
      throw fail("the alias *\(name.prefix(40)) stands for nothing: no &\(name.prefix(40)) is before it", bytes)
    }
    aliased += target.count
    guard aliased <= YAMLReader.aliasLimit else {
      throw fail("aliases stand for more than \(YAMLReader.aliasLimit) values", bytes)
    }
    try checkDepth(depth + target.height, bytes)
    return target
  }

  // MARK: Lists and mappings

  private mutating func list(_ start: Int, _ isFlow: Bool) throws(ConfigurationError) -> JSONNode {
    var elements: [JSONNode] = []
    var end = start + 1
    try nested(start, isFlow, &end) { (builder, event) throws(ConfigurationError) in
      let element = try builder.value(event)
      elements.append(element)
      return element.bytes.upperBound
    }
    return JSONNode(value: .array(elements), bytes: start..<end)
  }

  private mutating func mapping(_ start: Int, _ isFlow: Bool) throws(ConfigurationError) -> JSONNode {
    var members: [JSONNode.Member] = []
    var merged: [JSONNode.Member] = []
    var places: [String: Int] = [:]
    var end = start
    try nested(start, isFlow, &end) { (builder, event) throws(ConfigurationError) in
      let key = try builder.key(event)
      let isMerge = event.kind == .scalar("<<", isPlain: true) && event.tag == nil
      if let first = places.updateValue(event.bytes.lowerBound, forKey: key), !isMerge {
        let line = builder.source.place(of: first).line
        guard builder.repeated != nil else {
          throw builder.fail("the key “\(key.prefix(40))” stands twice, first in line \(line)", event.bytes)
        }
        builder.repeated?.append(YAMLReader.RepeatedKey(key: key, bytes: event.bytes, firstLine: line))
        members.removeAll { $0.key == key }
      }
      let node = try builder.value(try builder.events.next())
      if isMerge {
        merged += try builder.members(toMerge: node)
      } else {
        members.append(JSONNode.Member(key: key, keyBytes: event.bytes, node: node))
      }
      return max(event.bytes.upperBound, node.bytes.upperBound)
    }
    // The mapping's own members win, then the mapping that is merged first.
    merged = merged.filter { places.updateValue(0, forKey: $0.key) == nil }
    return JSONNode(value: .object(merged + members), bytes: start..<end)
  }

  private func members(toMerge node: JSONNode) throws(ConfigurationError) -> [JSONNode.Member] {
    if let members = node.members { return members }
    var merged: [JSONNode.Member] = []
    for element in node.elements ?? [node] {
      guard let members = element.members else { throw fail("“<<” takes a mapping or a list of mappings", node.bytes) }
      merged += members
    }
    return merged
  }

  private mutating func key(_ event: YAMLEvent) throws(ConfigurationError) -> String {
    switch event.kind {
    case .scalar(let text, _):
      if let name = event.anchor {
        let value = YAMLScalar.meaning(text, isPlain: false, tag: event.tag)
        anchors[name] = Anchored(node: JSONNode(value: value, bytes: event.bytes), count: 1, height: 0)
      }
      return text
    case .alias(let name):
      switch try anchored(name, event.bytes).node.value {
      case .string(let text): return text
      case .number(_, let literal): return literal
      case .bool(let flag): return flag ? "true" : "false"
      default: break
      }
    default: break
    }
    throw fail("a key is a list or a mapping; expected a text", event.bytes)
  }

  /// - Parameters:
  ///   - end: where the whole ends; in block style that is where its last value does.
  ///   - read: reads an entry from its first event and says where it ends.
  private mutating func nested(
    _ start: Int, _ isFlow: Bool, _ end: inout Int,
    _ read: (inout YAMLBuilder, YAMLEvent) throws(ConfigurationError) -> Int
  ) throws(ConfigurationError) {
    depth += 1
    try checkDepth(depth, start..<start + 1)
    var highest = 0
    while true {
      let event = try events.next()
      guard event.kind != .end else {
        if isFlow { end = max(end, event.bytes.upperBound) }
        break
      }
      height = 0
      end = max(end, try read(&self, event))
      highest = max(highest, height)
    }
    height = highest + 1
    depth -= 1
  }

  // MARK: Faults

  private func checkDepth(_ depth: Int, _ bytes: Range<Int>) throws(ConfigurationError) {
    guard depth <= JSONParser.depthLimit else {
      throw fail("lists and mappings are nested more than \(JSONParser.depthLimit) deep", bytes)
    }
  }

  private func fail(_ message: String, _ bytes: Range<Int>) -> ConfigurationError {
    source.error(.malformed, message, at: bytes.lowerBound)
  }
}
