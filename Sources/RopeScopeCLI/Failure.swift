import RopeText

/// Why a command did nothing: one sentence with its place, as text or as the contract's error document.
struct Failure: Error, Sendable, Encodable {
  struct Details: Sendable, Encodable {
    var kind: String
    var message: String
    @Nullable var path: String?
    @Nullable var line: Int?
    @Nullable var column: Int?
    @Nullable var pointer: String?
  }

  let schema = "ropescope.error/1"
  var error: Details

  init(
    kind: String, _ message: String, path: String? = nil, line: Int? = nil, column: Int? = nil, pointer: String? = nil
  ) {
    error = Details(kind: kind, message: message, path: path, line: line, column: column, pointer: pointer)
  }

  static func usage(_ message: String) -> Failure { Failure(kind: "usage", message) }

  /// `ropescope: config.json:14:5: factor is … (at /rope_scaling/factor)`.
  func sentence(in language: Language = .english) -> String {
    var place = ""
    if let path = error.path {
      place = Escaping.visible(path)
      if let line = error.line { place += ":\(line)" }
      if let column = error.column, error.line != nil { place += ":\(column)" }
      place += ": "
    }
    let told = Self.told(Self.line(error.message).excerpt(4_000), in: language)
    let pointer = error.pointer.flatMap { $0.isEmpty ? nil : $0.excerpt(200) }
    return Escaping.visible("ropescope: \(place)\(pointer.map { language("\(told) (at \($0))") } ?? told)")
  }
}

extension Failure {
  /// What is wrong, where it begins with the file that it is about behind that.
  private static func told(_ message: String, in language: Language) -> String {
    let whole = language(foreign: message)
    guard whole == message, message.hasPrefix("“"), let mark = message.firstRange(of: "”: ") else { return whole }
    let file = String(message[..<mark.lowerBound].dropFirst())
    return language("“\(file)”: \(language(foreign: String(message[mark.upperBound...])))")
  }

  /// Line ends with the white space behind them as spaces.
  private static func line(_ text: String) -> String {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0).trimmed }.joined(separator: " ")
  }
}
