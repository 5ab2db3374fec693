import RopeAnalysis
import RopeMath
import RopeModel

/// Reads the JSON records of evaluations; a value that is missing or of the wrong kind is named with its place.
struct MeasuredDocument {
  private static let perplexity = "ropescope.perplexity/1"
  private static let passkey = "ropescope.passkey/1"

  private let source: SourceText
  private let root: JSONNode
  private let name: String

  init(_ source: SourceText, name: String) throws(ConfigurationError) {
    self.source = source
    self.name = name
    root = try JSONParser.parse(source)
  }

  func measurements() throws(ConfigurationError) -> Measurements {
    guard case .string(let schema)? = root.member("schema")?.node.value else {
      throw source.error(
        .invalid, "the document names no schema; measurements are \(Self.perplexity), \(Self.passkey) or CSV",
        at: root.bytes.lowerBound)
    }
    let setting = root.member("setting")?.node
    let origin = Measurements.Source(
      name: name, model: text(setting, "model"), text: text(setting, "text"),
      trainedLength: number(setting, "trained_length").map { Int($0) },
      targetLength: number(setting, "target_length").map { Int($0) })
    switch schema {
    case Self.perplexity:
      return Measurements(sources: [origin], losses: try each("runs", losses))
    case Self.passkey:
      return Measurements(sources: [origin], retrieval: try each("cells", retrieval))
    default:
      throw source.error(
        .unsupported, "its schema is “\(schema)”; measurements are \(Self.perplexity), \(Self.passkey) or CSV",
        at: root.bytes.lowerBound, pointer: "/schema")
    }
  }

  private func each<Element>(
    _ key: String, _ read: (JSONNode, String) throws(ConfigurationError) -> Element
  ) throws(ConfigurationError) -> [Element] {
    guard let entries = root.member(key)?.node.elements else {
      throw source.error(.invalid, "“\(key)” is missing, or no list", at: root.bytes.lowerBound)
    }
    var result: [Element] = []
    for (index, entry) in entries.enumerated() { result.append(try read(entry, "/\(key)/\(index)")) }
    return result
  }

  private func losses(_ node: JSONNode, _ pointer: String) throws(ConfigurationError) -> MeasuredLosses {
    let length = try count("length", of: node, pointer)
    var buckets: [MeasuredLosses.Bucket] = []
    for (index, bucket) in (node.member("by_position")?.node.elements ?? []).enumerated() {
      let place = "\(pointer)/by_position/\(index)"
      let from = try count("from", of: bucket, place), to = try count("to", of: bucket, place)
      guard from < to, to <= length else {
        throw source.error(
          .invalid, "positions \(from) … \(to) do not lie in a window of \(length)", at: bucket.bytes.lowerBound,
          pointer: place)
      }
      var byWindow: [Double] = []
      for value in bucket.member("by_window")?.node.elements ?? [] {
        byWindow.append(try finite(value, "by_window", place))
      }
      buckets.append(
        MeasuredLosses.Bucket(
          from: from, to: to, tokens: number(bucket, "tokens").map { Int($0) },
          nll: try required("nll", of: bucket, place), standardError: error(bucket, "stderr"), byWindow: byWindow))
    }
    let hasError = number(node, "windows") ?? 1 > 1 || text(node, "stderr_over") == "tokens"
    return MeasuredLosses(
      method: try word("method", of: node, pointer), length: length, windows: number(node, "windows").map { Int($0) },
      tokens: number(node, "tokens_scored").map { Int($0) }, nll: try required("nll", of: node, pointer),
      standardError: hasError ? error(node, "stderr") : nil, buckets: buckets, sources: [name])
  }

  private func retrieval(_ node: JSONNode, _ pointer: String) throws(ConfigurationError) -> MeasuredRetrieval {
    let depth = try required("depth", of: node, pointer)
    let trials = try count("trials", of: node, pointer), correct = try count("correct", of: node, pointer)
    guard (0...1).contains(depth) else {
      throw source.error(.invalid, "a depth of \(depth) is not between 0 and 1", at: node.bytes.lowerBound, pointer: pointer)
    }
    guard correct <= trials, trials > 0 else {
      throw source.error(
        .invalid, "\(correct) of \(trials) trials cannot be right", at: node.bytes.lowerBound, pointer: pointer)
    }
    return MeasuredRetrieval(
      method: try word("method", of: node, pointer), length: try count("length", of: node, pointer), depth: depth,
      trials: trials, correct: correct, meanRank: number(node, "mean_rank"), nll: number(node, "nll"),
      standardError: trials > 1 ? error(node, "nll_stderr") : nil)
  }

  // MARK: Values

  private func text(_ node: JSONNode?, _ key: String) -> String? {
    if case .string(let text)? = node?.member(key)?.node.value { text } else { nil }
  }

  private func number(_ node: JSONNode?, _ key: String) -> Double? {
    guard case .number(let value, _)? = node?.member(key)?.node.value, value.isFinite, abs(value) < 1e15 else { return nil }
    return value
  }

  /// A standard error; 0 is what records write for a single value, and tells nothing.
  private func error(_ node: JSONNode, _ key: String) -> Double? { number(node, key).flatMap { $0 > 0 ? $0 : nil } }

  private func finite(_ node: JSONNode, _ key: String, _ pointer: String) throws(ConfigurationError) -> Double {
    guard case .number(let value, _) = node.value, value.isFinite else {
      throw source.error(
        .invalid, "“\(key)” is \(node.phrase), a number is expected", at: node.bytes.lowerBound, pointer: "\(pointer)/\(key)")
    }
    return value
  }

  private func required(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> Double {
    guard let member = node.member(key) else {
      throw source.error(.invalid, "“\(key)” is missing", at: node.bytes.lowerBound, pointer: pointer)
    }
    return try finite(member.node, key, pointer)
  }

  private func count(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> Int {
    let value = try required(key, of: node, pointer)
    guard value >= 0, value <= Double(RotaryGeometry.largestLength), value == value.rounded() else {
      throw source.error(
        .invalid, "“\(key)” is \(value), a whole number is expected", at: node.bytes.lowerBound, pointer: "\(pointer)/\(key)")
    }
    return Int(value)
  }

  private func word(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> String {
    guard let text = text(node, key), !text.isEmpty else {
      throw source.error(.invalid, "“\(key)” is missing, or no text", at: node.bytes.lowerBound, pointer: pointer)
    }
    return text
  }
}
