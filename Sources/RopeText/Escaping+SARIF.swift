extension Escaping {
  /// A message of SARIF (3.11.6): what would be a link to a place that a file chose is plain text.
  package static func sarif(_ text: String) -> String {
    var result = ""
    var rest = visible(text).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "]", rest.first == "(" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
