import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords

/// Reads the JSON records of evaluations; a value that is missing, of the wrong kind or impossible is named with its
/// place.
struct MeasuredDocument {
  private static let rules: JSONRules = {
    let lengths = 1.0...Double(RotaryGeometry.largestLength), counts = 0.0...Double(RotaryGeometry.largestLength)
    let nats = 0.0...1e6, shares = 0.0...1.0
    return JSONRules(
      ranges: [
        "length": lengths, "trained_length": lengths, "target_length": lengths, "windows": counts,
        "tokens_scored": counts, "tokens": counts, "from": counts, "to": counts, "correct": counts,
        "trials": 1...1_000_000_000, "nll": nats, "nll_all": nats, "stderr": nats, "nll_stderr": nats,
        "by_window": nats, "mean_rank": 0...1e12, "depth": shares, "score": shares, "summary/lower": shares,
        "summary/upper": shares,
      ],
      names: MeasuredName.keys, lists: ["by_window", "items", "comparisons"], mostEntries: MeasuredFile.mostEntries,
      kept: MeasuredName.visible)
  }()

  /// - Parameters:
  ///   - name: what texts call the file.
  ///   - identity: what its windows are known by.
  static func measurements(
    _ source: SourceText, name: String, identity: String
  ) throws(ConfigurationError) -> Measurements {
    let root = try JSONParser.parse(source), start = root.bytes.lowerBound
    let known = "measurements are \(EvaluationRecords.all.map { $0.schemaName }.joined(separator: ", ")) or CSV"
    guard let schema = root.member("schema")?.node.string else {
      throw source.error(.invalid, "the document names no schema; \(known)", at: start)
    }
    guard let type = EvaluationRecords.all.first(where: { $0.schemaName == schema }) else {
      throw source.error(
        .unsupported, "its schema is “\(MeasuredName.excerpt(schema))”; \(known)", at: start, pointer: "/schema")
    }
    func read<Record: EvaluationRecord>(_ type: Record.Type) throws(ConfigurationError) -> Measurements {
      let record = try JSONNodeDecoder.decode(type, from: root, of: source, rules: rules)
      if let fault = record.fault {
        let place = JSONPointer.keys(fault.pointer).reduce(root) { node, key in
          node.member(key)?.node ?? Int(key).flatMap { node.elements?.dropFirst($0).first } ?? node
        }
        throw source.error(.invalid, fault.message, at: place.bytes.lowerBound, pointer: fault.pointer)
      }
      return record.measurements(named: name, identity: identity)
    }
    return try read(type)
  }
}
