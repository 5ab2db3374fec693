/// YAML as the same tree that a JSON file gives, with the same places.
///
/// Scalars mean what Python's readers make of them (YAML 1.1), except that `1e6` is a number, as everybody means it.
/// Merge keys are followed; a value that is an alias has the alias's place, what stands inside it its own.
public enum YAMLReader {
  /// Values that aliases may add to a document.
  public static let aliasLimit = 100_000
  /// Values of a document at most, as in JSON.
  public static let nodeLimit = JSONReader.Options.configuration.nodes

  /// A key that a mapping has already.
  public struct RepeatedKey: Sendable {
    public let key: String
    public let bytes: Range<Int>
    /// The line in which it stands first.
    public let firstLine: Int
  }

  /// The one document of a file; an empty file is an object without members.
  ///
  /// - Throws: `ConfigurationError` with the place of the first fault.
  public static func read(_ source: SourceText) throws(ConfigurationError) -> JSONNode {
    var repeated: [RepeatedKey]?
    return try documents(source, limit: 1, repeated: &repeated).first ?? JSONNode(value: .object([]), bytes: 0..<0)
  }

  /// Every document of a file, such as a Kubernetes manifest, that `---` parts.
  ///
  /// - Parameters:
  ///   - limit: documents at most.
  ///   - repeated: takes the keys that stand twice in one mapping, where the last one counts as for Python's readers; a
  ///     key that does is a fault where this is nil.
  /// - Throws: `ConfigurationError` with the place of the first fault.
  public static func documents(
    _ source: SourceText, limit: Int = .max, repeated: inout [RepeatedKey]?
  ) throws(ConfigurationError) -> [JSONNode] {
    try source.checkEncoding()
    return try source.bytes.withUnsafeBufferPointer { (bytes) throws(ConfigurationError) in
      let events = YAMLEvents(bytes, source)
      var documents: [JSONNode] = []
      while true {
        let event = try events.next()
        switch event.kind {
        case .streamEnd: return documents
        case .streamStart, .documentEnd: continue
        case .documentStart:
          guard documents.count < limit else {
            throw source.error(
              .malformed, "another document begins; the file should have one", at: event.bytes.lowerBound)
          }
          var builder = YAMLBuilder(events: events, source: source)
          builder.repeated = repeated
          documents.append(try builder.value(try events.next()))
          repeated = builder.repeated
        default: throw source.error(.malformed, "not YAML: a value outside a document", at: event.bytes.lowerBound)
        }
      }
    }
  }
}
