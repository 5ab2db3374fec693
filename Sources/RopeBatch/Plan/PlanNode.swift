import RopeMath
import Yams

/// A value of a plan file with its place, so that every complaint can point at its line.
struct PlanNode {
  let node: Node
  let path: String
  let pointer: String

  init(text: String, path: String) throws(BatchError) {
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(error, path: path)
    } catch {
      throw BatchError("not YAML: \(error)", path: path)
    }
    guard let parsed else { throw BatchError("the plan is empty; it needs models and targets", path: path) }
    self.init(node: parsed, path: path, pointer: "")
  }

  private init(node: Node, path: String, pointer: String) {
    self.node = node
    self.path = path
    self.pointer = pointer
  }

  var place: PlanPlace {
    PlanPlace(line: node.mark?.line, column: node.mark?.column, pointer: pointer.isEmpty ? nil : pointer)
  }

  func error(_ message: String) -> BatchError { BatchError(message, path: path, at: place) }

  /// The members of a mapping, keys checked against the known ones.
  func members(_ known: [String]) throws(BatchError) -> [String: PlanNode] {
    guard case .mapping(let mapping) = node else {
      throw error("\(pointer.isEmpty ? "the plan" : pointer) is not a mapping of keys to values")
    }
    var members: [String: PlanNode] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      let member = PlanNode(node: value, path: path, pointer: pointer + "/" + name)
      guard known.contains(name) else {
        throw BatchError(
          "“\(name)” is no key of a plan\(Nearest.hint(name, in: known)); there are \(known.joined(separator: ", "))",
          path: path, line: key.mark?.line, column: key.mark?.column, pointer: member.pointer)
      }
      members[name] = member
    }
    return members
  }

  /// The entries of a list; a single value counts as a list of one.
  var entries: [PlanNode] {
    guard case .sequence(let sequence) = node else { return [self] }
    return sequence.enumerated().map { PlanNode(node: $1, path: path, pointer: "\(pointer)/\($0)") }
  }

  var isMapping: Bool { node.mapping != nil }

  func text() throws(BatchError) -> String {
    guard let scalar = node.scalar, !scalar.string.isEmpty else { throw error("\(pointer) is not a text") }
    return scalar.string
  }

  func flag() throws(BatchError) -> Bool {
    guard let value = node.bool else { throw error("\(pointer) is not true or false") }
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

  private static func error(_ error: YamlError, path: String) -> BatchError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      BatchError("not YAML: \(problem)", path: path, line: mark.line, column: mark.column)
    default: BatchError("not YAML: \(error)", path: path)
    }
  }
}
