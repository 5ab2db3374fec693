/// What an evaluation was made of, for whoever reads its record later.
public struct EvaluationSetting: Sendable, Hashable, Codable {
  public var model: String
  public var trainedLength: Int?
  /// The length that parameters of methods were derived from where they were not given, tokens.
  public var targetLength: Int
  /// The text's file name.
  public var text: String?
  public var precision: String

  public init(model: String, trainedLength: Int?, targetLength: Int, text: String?, precision: String) {
    self.model = model
    self.trainedLength = trainedLength
    self.targetLength = targetLength
    self.text = text
    self.precision = precision
  }

  private enum CodingKeys: String, CodingKey {
    case model, text, precision
    case trainedLength = "trained_length"
    case targetLength = "target_length"
  }
}
