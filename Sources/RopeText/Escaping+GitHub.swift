extension Escaping {
  /// The message of a GitHub workflow command.
  package static func workflowData(_ text: String) -> String {
    map(text) { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: isHidden(scalar) ? visible(String(scalar)) : nil
      }
    }
  }

  /// The value of one of its properties: `file=`, `title=`.
  package static func workflowProperty(_ text: String) -> String {
    map(workflowData(text)) { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : nil }
  }
}
