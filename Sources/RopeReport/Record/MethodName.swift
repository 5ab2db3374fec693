import RopeText

/// What figures and sentences call a method.
enum MethodName {
  /// The titles of its parts, and the parameters that were given by hand: `YaRN ×4`.
  ///
  /// - Parameter label: the specification as given.
  static func name(label: String, titles: [String]) -> String {
    let title = titles.joined(separator: " + ")
    guard let colon = label.firstIndex(of: ":") else { return title }
    // The name of a file tells a reader nothing.
    let given = label[label.index(after: colon)...].split(separator: ",")
      .filter { !$0.contains("/") && !$0.contains(".safetensors") }
    guard !given.isEmpty else { return title }
    return title + " " + given.joined(separator: ",").replacing("factor=", with: "×").excerpt(40)
  }
}
