import RopeFigures
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
    return title + " " + given.map { text(of: $0) }.joined(separator: ", ").excerpt(40)
  }

  /// `×4` of `factor=4`, `window 1024` of `window=1024`, `base 1,000,000` of `base=1000000`.
  private static func text(of parameter: Substring) -> String {
    let parts = parameter.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return String(parameter) }
    if parts[0] == "factor" { return "×" + parts[1] }
    let value = Int(parts[1]).map { $0 >= 10_000 ? Wording.whole($0) : String($0) } ?? String(parts[1])
    return "\(parts[0].replacing("_", with: " ")) \(value)"
  }
}
