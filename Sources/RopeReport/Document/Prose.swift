/// A paragraph or a phrase: runs of text. Written as a string with interpolations; what is interpolated stays text, so
/// that no name in a config can become markup.
///
///     "\(number: "24", source: "count of pairs") of \(64) pairs never complete a turn (\(reference: "coverage"))"
public struct Prose: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  public var runs: [Inline]

  public init(runs: [Inline]) { self.runs = runs }
  public init(_ text: String) { runs = text.isEmpty ? [] : [.text(text)] }
  public init(stringLiteral text: String) { self.init(text) }
  public init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  public var isEmpty: Bool { runs.isEmpty }

  /// The words alone; references keep their id.
  public var plainText: String {
    runs.map { run in
      switch run {
      case .text(let text), .emphasis(let text), .strong(let text), .code(let text): text
      case .formula(let text): MathText(text).plainText
      case .reference(let id): id
      case .link(let text, _), .externalLink(let text, _), .number(let text, _): text
      }
    }.joined()
  }

  public static func + (left: Prose, right: Prose) -> Prose { Prose(runs: left.runs + right.runs) }

  public struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Inline] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      guard !literal.isEmpty else { return }
      if case .text(let before)? = runs.last {
        runs[runs.count - 1] = .text(before + literal)
      } else {
        runs.append(.text(literal))
      }
    }

    public mutating func appendInterpolation(_ text: String) { appendLiteral(text) }
    public mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }
    public mutating func appendInterpolation(_ run: Inline) { runs.append(run) }
    public mutating func appendInterpolation(_ prose: Prose) { runs += prose.runs }
    public mutating func appendInterpolation(emphasis text: String) { runs.append(.emphasis(text)) }
    public mutating func appendInterpolation(strong text: String) { runs.append(.strong(text)) }
    public mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }
    public mutating func appendInterpolation(formula text: String) { runs.append(.formula(text)) }
    public mutating func appendInterpolation(reference id: String) { runs.append(.reference(id)) }
    public mutating func appendInterpolation(number: String, source: String) {
      runs.append(.number(number, source: source))
    }
    public mutating func appendInterpolation(link text: String, id: String) { runs.append(.link(text, id: id)) }
    public mutating func appendInterpolation(link text: String, address: String) {
      runs.append(.externalLink(text, address: address))
    }
  }
}
