import RopeMath

/// A wish of the author that a figure cannot fulfil.
public enum AuthorStyleError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownSeries(String, known: [String])
  case severalSeries(String, labels: [String])
  case noSuchPanel(letter: String, count: Int)
  case rowsHaveNoNumbers(axis: String)
  case noPairs
  case emptyRange(axis: String)
  case nothingWithin(axis: String, data: ClosedRange<Double>)
  case logarithmBelowZero(axis: String)

  public var description: String {
    switch self {
    case .unknownSeries(let name, let known):
      Nearest.match(name, in: known).map { "no series is called “\(name)”; did you mean “\($0)”?" }
        ?? "no series is called “\(name)”; there are \(Wording.list(known.prefix(24).map { "“\($0)”" }))"
    case .severalSeries(let name, let labels):
      "“\(name)” names \(labels.count) series; write \(Wording.list(labels.map { "“\($0)”" }, joining: "or"))"
    case .noSuchPanel(let letter, let count):
      "there is no panel \(letter); the figure has \(count) (\(count == 1 ? "a" : "a to \(Self.letter(count - 1))"))"
    case .rowsHaveNoNumbers(let axis): "the \(axis) axis has named rows, not numbers: it takes no limits and no scale"
    case .noPairs: "the figure has no axis of pairs, which --pairs would cut"
    case .emptyRange(let axis): "the limits of the \(axis) axis leave nothing of it; the first must be smaller"
    case .nothingWithin(let axis, let data):
      "nothing lies within the limits of the \(axis) axis; the data lie between \(Wording.number(data.lowerBound)) and \(Wording.number(data.upperBound))"
    case .logarithmBelowZero(let axis):
      "the \(axis) axis is logarithmic, its limits must lie above 0; or give --\(axis)scale linear"
    }
  }

  static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(97 + max(index, 0) % 26))) }
}
