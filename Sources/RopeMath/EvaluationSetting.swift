/// What an evaluation was made of, for whoever reads its record later. Other programs tell less.
public struct EvaluationSetting: Sendable, Hashable, Codable {
  /// What a file of measurements tells.
  public enum Content: String, Sendable, Codable {
    case losses, retrieval, scores
  }

  /// Of a file of measurements: its name without its folder; nil in the record itself.
  public var name: String?
  /// Of a file of measurements: its name and a hash of its bytes; nil in the record itself.
  public var file: String?
  /// Of a file of measurements; nil in the record itself, and where other programs made it.
  public var content: Content?
  public var model: String?
  public var trainedLength: Int?
  /// The length that parameters of methods were derived from where they were not given, tokens.
  public var targetLength: Int?
  /// The text's file name.
  public var text: String?
  /// A hash of what the text holds, by which records of different runs are known to have read the same.
  public var textHash: String?
  public var precision: String?
  /// Whether items are the same at every depth of a length: such cells are not independent. Nil where they are not.
  public var sharesProse: Bool?
  /// Questions that were asked of one text at every depth: such items are not independent. Nil for one.
  public var questions: Int?
  /// How long all of it took, in seconds, where a checkpoint tells.
  public var seconds: Double?

  public init(
    name: String? = nil, file: String? = nil, model: String? = nil, trainedLength: Int? = nil, targetLength: Int? = nil,
    text: String? = nil, precision: String? = nil
  ) {
    self.name = name
    self.file = file
    self.model = model
    self.trainedLength = trainedLength
    self.targetLength = targetLength
    self.text = text
    self.precision = precision
  }

  /// As a file of this name tells it.
  ///
  /// - Parameter file: what the file is known by.
  public func read(from name: String, file: String? = nil, content: Content? = nil) -> EvaluationSetting {
    var setting = EvaluationSetting(
      name: name, file: file, model: model, trainedLength: trainedLength, targetLength: targetLength, text: text)
    setting.content = content
    setting.sharesProse = sharesProse
    setting.seconds = seconds
    return setting
  }

  private enum CodingKeys: String, CodingKey {
    case name, file, content, model, text, precision, questions, seconds
    case trainedLength = "trained_length"
    case targetLength = "target_length"
    case sharesProse = "shared_prose"
    case textHash = "text_hash"
  }
}
