/// A score of a benchmark, such as RULER's accuracy, for one method and length.
public struct MeasuredScore: Sendable, Hashable, Codable {
  /// As the source calls it: `yarn:factor=2`, or any words.
  public var method: String
  /// Tokens.
  public var length: Int
  /// In the source's own unit, higher is better.
  public var score: Double
  public var standardError: Double?
  /// Which benchmark, where the source tells: `RULER`.
  public var benchmark: String?
  /// Mean summed losses of the answers about each text that items share, nats, in an order that all methods of the source
  /// have; nil where items have texts of their own or the source does not tell.
  public var answerLossByDocument: [Double]?
  /// The names of these texts; nil where the source does not tell. Methods are compared on texts of the same names.
  public var documents: [String]?

  public init(
    method: String, length: Int, score: Double, standardError: Double? = nil, benchmark: String? = nil,
    answerLossByDocument: [Double]? = nil, documents: [String]? = nil
  ) {
    self.method = method
    self.length = length
    self.score = score
    self.standardError = standardError
    self.benchmark = benchmark
    self.answerLossByDocument = answerLossByDocument
    self.documents = documents
  }

  /// A score that is told with a 95 % interval, whose standard error is that of a normal interval as wide; none where an
  /// end is missing or nothing lies between them.
  public init(
    method: String, length: Int, score: Double, lower: Double?, upper: Double?, benchmark: String?,
    answerLossByDocument: [Double]? = nil, documents: [String]? = nil
  ) {
    let error = lower.flatMap { low in upper.map { ($0 - low) / (2 * StudentLaw.normalQuantile) } }
    self.init(
      method: method, length: length, score: score, standardError: error.flatMap { $0 > 0 ? $0 : nil },
      benchmark: benchmark, answerLossByDocument: answerLossByDocument, documents: documents)
  }

  private enum CodingKeys: String, CodingKey {
    case method, length, score, benchmark, documents
    case standardError = "stderr"
    case answerLossByDocument = "answer_loss_by_document"
  }
}
