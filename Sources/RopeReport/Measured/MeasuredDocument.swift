import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// Reads the JSON records of evaluations; a value that is missing or of the wrong kind is named with its place.
struct MeasuredDocument {
  private static let perplexity = "ropescope.perplexity/1"
  private static let passkey = "ropescope.passkey/1"
  private static let scores = "ropescope.scores/1"

  private let source: SourceText
  private let root: JSONNode
  private let name: String
  private let identity: String

  private static let counts = 0...RotaryGeometry.largestLength
  private static let lengths = 1...RotaryGeometry.largestLength
  /// Of losses and their errors, nats.
  private static let nats = 0...1e6

  /// - Parameters:
  ///   - name: what texts call the file.
  ///   - identity: what its windows are known by.
  init(_ source: SourceText, name: String, identity: String) throws(ConfigurationError) {
    self.source = source
    self.name = name
    self.identity = identity
    root = try JSONParser.parse(source)
  }

  func measurements() throws(ConfigurationError) -> Measurements {
    guard case .string(let schema)? = root.member("schema")?.node.value else {
      throw source.error(
        .invalid,
        "the document names no schema; measurements are \(Self.perplexity), \(Self.passkey), \(Self.scores) or CSV",
        at: root.bytes.lowerBound)
    }
    let setting = root.member("setting")?.node ?? JSONNode(value: .null, bytes: root.bytes)
    let origin = Measurements.Source(
      name: name, model: try optionalName("model", of: setting, "/setting"),
      text: try optionalName("text", of: setting, "/setting"),
      trainedLength: try optionalCount("trained_length", of: setting, "/setting", in: Self.lengths),
      targetLength: try optionalCount("target_length", of: setting, "/setting", in: Self.lengths))
    switch schema {
    case Self.perplexity:
      return Measurements(sources: [origin], losses: try each("runs", losses))
    case Self.passkey:
      return Measurements(sources: [origin], retrieval: try each("cells", retrieval))
    case Self.scores:
      let task = try requiredName("task", of: root, "")
      return Measurements(
        sources: [origin],
        scores: try each("summary") { node, pointer throws(ConfigurationError) in try score(node, pointer, task) })
    default:
      throw source.error(
        .unsupported,
        "its schema is “\(MeasuredName.excerpt(schema))”; measurements are \(Self.perplexity), \(Self.passkey), \(Self.scores) or CSV",
        at: root.bytes.lowerBound, pointer: "/schema")
    }
  }

  private func each<Element>(
    _ key: String, _ read: (JSONNode, String) throws(ConfigurationError) -> Element
  ) throws(ConfigurationError) -> [Element] {
    guard root.member(key)?.node.elements != nil else {
      throw source.error(.invalid, "“\(key)” is missing, or no list", at: root.bytes.lowerBound)
    }
    var result: [Element] = []
    for (index, entry) in try entries(key, of: root, "").enumerated() {
      result.append(try read(entry, "/\(key)/\(index)"))
    }
    return result
  }

  private func losses(_ node: JSONNode, _ pointer: String) throws(ConfigurationError) -> MeasuredLosses {
    let length = try count("length", of: node, pointer)
    var buckets: [MeasuredLosses.Bucket] = []
    for (index, bucket) in try entries("by_position", of: node, pointer).enumerated() {
      let place = "\(pointer)/by_position/\(index)"
      let from = try count("from", of: bucket, place), to = try count("to", of: bucket, place)
      guard from < to, to <= length else {
        throw source.error(
          .invalid, "positions \(from) … \(to) do not lie in a window of \(length)", at: bucket.bytes.lowerBound,
          pointer: place)
      }
      var byWindow: [Double] = []
      for value in try entries("by_window", of: bucket, place) {
        byWindow.append(try number(value, "by_window", place, in: Self.nats))
      }
      buckets.append(
        MeasuredLosses.Bucket(
          from: from, to: to, tokens: try optionalCount("tokens", of: bucket, place),
          nll: try required("nll", of: bucket, place, in: Self.nats),
          standardError: try error("stderr", of: bucket, place),
          byWindow: byWindow))
    }
    let windows = try optionalCount("windows", of: node, pointer)
    let hasError = (windows ?? 1) > 1 || text(node, "stderr_over") == "tokens"
    let standardError = try error("stderr", of: node, pointer)
    return MeasuredLosses(
      method: try requiredName("method", of: node, pointer), length: length, windows: windows,
      tokens: try optionalCount("tokens_scored", of: node, pointer),
      nll: try required("nll", of: node, pointer, in: Self.nats),
      standardError: hasError ? standardError : nil, buckets: buckets, sources: [identity])
  }

  private func retrieval(_ node: JSONNode, _ pointer: String) throws(ConfigurationError) -> MeasuredRetrieval {
    let depth = try required("depth", of: node, pointer)
    let trials = try count("trials", of: node, pointer, in: 0...1_000_000_000)
    let correct = try count("correct", of: node, pointer)
    guard (0...1).contains(depth) else {
      throw source.error(
        .invalid, "a depth of \(depth) is not between 0 and 1", at: node.bytes.lowerBound, pointer: pointer)
    }
    guard correct <= trials, trials > 0 else {
      throw source.error(
        .invalid, "\(correct) of \(trials) trials cannot be right", at: node.bytes.lowerBound, pointer: pointer)
    }
    let standardError = try error("nll_stderr", of: node, pointer)
    var byTrial: [Bool] = []
    for (place, entry) in try entries("by_trial", of: node, pointer).enumerated() {
      guard case .bool(let isFound) = entry.value else {
        throw source.error(
          .invalid, "“by_trial” lists true and false, \(MeasuredName.excerpt(entry.phrase)) is neither",
          at: entry.bytes.lowerBound, pointer: "\(pointer)/by_trial/\(place)")
      }
      byTrial.append(isFound)
    }
    return MeasuredRetrieval(
      method: try requiredName("method", of: node, pointer), length: try count("length", of: node, pointer),
      depth: depth,
      trials: trials, correct: correct, meanRank: try optional("mean_rank", of: node, pointer, in: 0...1e12),
      nll: try optional("nll", of: node, pointer, in: Self.nats), standardError: trials > 1 ? standardError : nil,
      byTrial: byTrial.isEmpty ? nil : byTrial, sources: [identity])
  }

  private func score(
    _ node: JSONNode, _ pointer: String, _ task: String
  ) throws(ConfigurationError) -> MeasuredScore {
    let shares = 0.0...1.0
    let low = try optional("lower", of: node, pointer, in: shares)
    let high = try optional("upper", of: node, pointer, in: shares)
    return MeasuredScore(
      method: try requiredName("method", of: node, pointer),
      length: try count("length", of: node, pointer, in: Self.lengths),
      score: try required("score", of: node, pointer, in: shares), lower: low, upper: high, benchmark: task)
  }

  // MARK: Values

  private func text(_ node: JSONNode, _ key: String) -> String? {
    if case .string(let text)? = node.member(key)?.node.value { text } else { nil }
  }

  /// The entries of a list; none where there is no list.
  private func entries(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> [JSONNode] {
    guard let list = node.member(key)?.node, let entries = list.elements else { return [] }
    guard entries.count <= MeasuredFile.mostEntries else {
      throw source.error(
        .invalid, "“\(key)” has \(entries.count) entries, at most \(MeasuredFile.mostEntries) are expected",
        at: list.bytes.lowerBound, pointer: "\(pointer)/\(key)")
    }
    return entries
  }

  /// A standard error; 0 is what records write for a single value, and tells nothing.
  private func error(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> Double? {
    try optional(key, of: node, pointer, in: Self.nats).flatMap { $0 > 0 ? $0 : nil }
  }

  /// - Parameter range: nil for every finite number.
  private func number(
    _ node: JSONNode, _ key: String, _ pointer: String, in range: ClosedRange<Double>? = nil
  ) throws(ConfigurationError) -> Double {
    if case .number(let value, _) = node.value, value.isFinite, range?.contains(value) ?? true { return value }
    let bounds = range.map { ", from \($0.lowerBound.formattedShortest) to \($0.upperBound.formattedShortest)" } ?? ""
    throw source.error(
      .invalid, "“\(key)” is \(MeasuredName.excerpt(node.phrase)), a number is expected\(bounds)",
      at: node.bytes.lowerBound,
      pointer: "\(pointer)/\(key)")
  }

  private func required(
    _ key: String, of node: JSONNode, _ pointer: String, in range: ClosedRange<Double>? = nil
  ) throws(ConfigurationError) -> Double {
    guard let member = node.member(key) else {
      throw source.error(.invalid, "“\(key)” is missing", at: node.bytes.lowerBound, pointer: pointer)
    }
    return try number(member.node, key, pointer, in: range)
  }

  /// Nil where it is missing, null or NaN.
  private func optional(
    _ key: String, of node: JSONNode, _ pointer: String, in range: ClosedRange<Double>
  ) throws(ConfigurationError) -> Double? {
    guard let member = node.member(key), !member.node.isNull else { return nil }
    if case .number(let value, _) = member.node.value, value.isNaN { return nil }
    return try number(member.node, key, pointer, in: range)
  }

  private func count(
    _ key: String, of node: JSONNode, _ pointer: String, in range: ClosedRange<Int> = MeasuredDocument.counts
  ) throws(ConfigurationError) -> Int {
    let value = try required(key, of: node, pointer)
    guard let count = Int(exactly: value), range.contains(count) else {
      throw source.error(
        .invalid, "“\(key)” is \(value), a whole number is expected, from \(range.lowerBound) to \(range.upperBound)",
        at: node.bytes.lowerBound, pointer: "\(pointer)/\(key)")
    }
    return count
  }

  /// Nil where it is missing or null.
  private func optionalCount(
    _ key: String, of node: JSONNode, _ pointer: String, in range: ClosedRange<Int> = MeasuredDocument.counts
  ) throws(ConfigurationError) -> Int? {
    guard let member = node.member(key), !member.node.isNull else { return nil }
    return try count(key, of: node, pointer, in: range)
  }

  private func requiredName(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> String {
    guard let name = try optionalName(key, of: node, pointer), !name.isEmpty else {
      throw source.error(.invalid, "“\(key)” is missing, or no text", at: node.bytes.lowerBound, pointer: pointer)
    }
    return name
  }

  /// Nil where it is missing, or no text.
  private func optionalName(_ key: String, of node: JSONNode, _ pointer: String) throws(ConfigurationError) -> String? {
    guard let text = text(node, key) else { return nil }
    guard let name = MeasuredName.read(text) else {
      throw source.error(
        .invalid, MeasuredName.fault(key), at: node.bytes.lowerBound, pointer: "\(pointer)/\(key)")
    }
    return name
  }
}
