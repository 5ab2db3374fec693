import RopeJSON

/// A line of LongBench's own files: one question over one context.
public struct LongBenchItem: Sendable, Hashable {
  /// `_id`; the line's number where there is none.
  public var id: String
  public var dataset: LongBenchDataset
  /// The question or command; empty where the context says it all.
  public var input: String
  public var context: String
  /// Every right answer.
  public var answers: [String]
  /// Every class, where answers are classes.
  public var classes: [String]
  /// Words or characters, as the file counts them; nil where it does not.
  public var length: Int?

  /// The items of a file of JSON lines with `input`, `context`, `answers`, `dataset`, and as far as they are there
  /// `all_classes`, `length` and `_id`; other keys are left aside.
  ///
  /// - Parameter name: what messages call the file.
  /// - Throws: `InferenceError.option` with file and line.
  public static func all(in text: String, named name: String) throws(InferenceError) -> [LongBenchItem] {
    var items: [LongBenchItem] = []
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let bytes = Array(line.utf8)
      guard bytes.contains(where: { !" \t\r".utf8.contains($0) }) else { continue }
      do throws(ConfigurationError) {
        let node = try JSONParser.parse(SourceText(bytes: bytes))
        items.append(try LongBenchItem(node, line: place + 1))
      } catch {
        throw .option("\(name):\(place + 1): \(error.message)")
      }
    }
    guard !items.isEmpty else { throw .option("\(name): the file has no items; one JSON object a line is expected") }
    return items
  }

  private init(_ node: JSONNode, line: Int) throws(ConfigurationError) {
    func fail(_ message: String) -> ConfigurationError { ConfigurationError(.invalid, message) }
    guard node.members != nil else { throw fail("\(node.phrase) is no item; a JSON object is expected") }
    func text(_ key: String) throws(ConfigurationError) -> String {
      guard let value = node.member(key)?.node.string else { throw fail("“\(key)” is missing, or no text") }
      return value
    }
    func texts(_ key: String) throws(ConfigurationError) -> [String] {
      guard let value = node.member(key)?.node, !value.isNull else { return [] }
      guard let entries = value.elements else { throw fail("“\(key)” is no list of texts") }
      let texts = entries.compactMap(\.string)
      guard texts.count == entries.count else { throw fail("“\(key)” is no list of texts") }
      return texts
    }
    let name = try text("dataset")
    guard let dataset = LongBenchDataset.named(name) else {
      throw fail(
        "no data set of LongBench is called “\(name.prefix(60))”; there are \(LongBenchDataset.all.map(\.id).joined(separator: ", "))"
      )
    }
    self.dataset = dataset
    input = try text("input")
    context = try text("context")
    answers = try texts("answers")
    classes = try texts("all_classes")
    guard !answers.isEmpty else { throw fail("“answers” is missing or empty; a list of right answers is expected") }
    if dataset.metric == .classification, classes.isEmpty {
      throw fail("“all_classes” is missing or empty; \(dataset.id) needs every class")
    }
    id = node.member("_id")?.node.string ?? "\(line)"
    length = node.member("length")?.node.finiteNumber.flatMap { Int(exactly: $0) }
  }
}
