import RopeJSON
import RopeText

/// Faults that a JSON reader may pass but that make two programs read two files.
package enum HostileValues {
  /// - Parameter looksAtNumbers: whether numbers beyond the range of float64 are refused too, which readings refuse where
  /// they need them.
  /// - Throws: `ConfigurationError` at the first key that stands twice in one object, or at such a number.
  package static func refuse(
    in node: JSONNode, of source: SourceText, at pointer: String = "", looksAtNumbers: Bool
  ) throws(ConfigurationError) {
    switch node.value {
    case .object(let members):
      var seen: Set<String> = []
      for member in members {
        let place = JSONPointer.adding(member.key, to: pointer)
        guard seen.insert(member.key).inserted else {
          throw source.error(
            .malformed,
            "the key “\(member.key.excerpt(40))” stands twice in one object; programs differ in which they read",
            at: member.keyBytes.lowerBound, pointer: place)
        }
        try refuse(in: member.node, of: source, at: place, looksAtNumbers: looksAtNumbers)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        try refuse(in: element, of: source, at: "\(pointer)/\(index)", looksAtNumbers: looksAtNumbers)
      }
    case .number(let number, let literal):
      guard !looksAtNumbers || number.isFinite || literal.contains("I") || literal == "NaN" else {
        throw source.error(
          .malformed, "\(literal.excerpt(40)) lies beyond the range of a number", at: node.bytes.lowerBound,
          pointer: pointer)
      }
    case .string, .bool, .null: break
    }
  }
}
