import RopeJSON
import RopeMath

/// A value of a plan file with its place, so that every complaint can point at its line.
struct PlanNode {
  let node: JSONNode
  let source: SourceText
  let pointer: String

  init(text: String, path: String) throws(BatchError) {
    let source = SourceText(bytes: Array(text.utf8), path: path)
    let node: JSONNode
    do throws(ConfigurationError) {
      node = try YAMLReader.read(source)
    } catch {
      throw BatchError(error.message, path: path, line: error.line, column: error.column)
    }
    guard !node.bytes.isEmpty else { throw BatchError("the plan is empty; it needs models and targets", path: path) }
    self.init(node: node, source: source, pointer: "")
  }

  private init(node: JSONNode, source: SourceText, pointer: String) {
    self.node = node
    self.source = source
    self.pointer = pointer
  }

  var place: PlanPlace { place(of: node.bytes, pointer: pointer) }

  private func place(of bytes: Range<Int>, pointer: String) -> PlanPlace {
    let (line, column) = source.place(of: bytes.lowerBound)
    return PlanPlace(line: line, column: column, pointer: pointer.isEmpty ? nil : pointer)
  }

  func error(_ message: String) -> BatchError { BatchError(message, path: source.path ?? "", at: place) }

  /// The members of a mapping, keys checked against the known ones.
  func members(_ known: [String]) throws(BatchError) -> [String: PlanNode] {
    guard let entries = node.members else {
      throw error("\(pointer.isEmpty ? "the plan" : pointer) is not a mapping of keys to values")
    }
    var members: [String: PlanNode] = [:]
    for entry in entries {
      let name = entry.key
      let member = PlanNode(node: entry.node, source: source, pointer: JSONPointer.adding(name, to: pointer))
      guard known.contains(name) else {
        throw BatchError(
          "“\(name)” is no key of a plan\(Nearest.hint(name, in: known)); there are \(known.joined(separator: ", "))",
          path: source.path ?? "", at: place(of: entry.keyBytes, pointer: member.pointer))
      }
      members[name] = member
    }
    return members
  }

  /// The entries of a list; a single value counts as a list of one.
  var entries: [PlanNode] {
    guard let elements = node.elements else { return [self] }
    return elements.enumerated().map { PlanNode(node: $1, source: source, pointer: "\(pointer)/\($0)") }
  }

  /// What its entries say, each once; one at least.
  func values<Value: Hashable>(_ read: (PlanNode) throws(BatchError) -> Value) throws(BatchError) -> [Value] {
    var values: [Value] = []
    for entry in entries { values.append(try read(entry)) }
    guard !values.isEmpty else { throw error("\(pointer.split(separator: "/").last ?? "the list") is empty") }
    return values.distinct()
  }

  var isMapping: Bool { node.members != nil }

  func text() throws(BatchError) -> String {
    switch node.value {
    case .string(let text) where !text.isEmpty: return text
    case .number(_, let literal): return literal
    // As it is spelled: a model may be called `no`.
    case .bool: return String(decoding: source.bytes[node.bytes], as: UTF8.self)
    default: throw error("\(pointer) is not a text")
    }
  }

  func flag() throws(BatchError) -> Bool {
    guard case .bool(let value) = node.value else { throw error("\(pointer) is not true or false") }
    return value
  }

  /// A length in tokens, at least 1.
  func tokens() throws(BatchError) -> Int {
    guard let tokens = TokenCount.parse(try text()) else {
      throw error("“\(try text())” is no length; write 4096, 4k, 128k or 1M")
    }
    return tokens
  }

  func whole(in range: ClosedRange<Int>) throws(BatchError) -> Int {
    guard let number = Int(try text()), range.contains(number) else {
      throw error("\(pointer) is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
