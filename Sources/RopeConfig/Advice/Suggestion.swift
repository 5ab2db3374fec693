import RopeJSON
import RopeMath

/// How to bring a model to a length: the document `ropescope.suggest/1`.
public struct Suggestion: Sendable, Codable {
  /// One runtime's settings, or why it has none.
  public struct Settings: Sendable, Codable {
    public var runtime: String
    public var version: String
    public var supported: Bool
    public var kind: RuntimeSettings.Kind?
    public var text: String?
    public var reason: String?
    public var notes: [String]
  }

  public var schema: String
  public var target: Int
  public var trainedLength: Int
  /// Tokens that can be trained on; 0 for frozen weights.
  public var trainTokens: Double
  /// Whether the file is right as it stands.
  public var isUnchanged: Bool
  public var factor: Double
  /// The method as a specification; nil where none is needed or none can be said.
  public var method: String?
  public var reasons: [Advice]
  public var warnings: [Advice]
  public var alternatives: [Advice]
  public var settings: [Settings]

  /// - Parameters:
  ///   - target: tokens to be reached.
  ///   - trainTokens: tokens that can be trained on; 0 for frozen weights.
  ///   - runtimes: those to write settings for.
  /// - Throws: `ConfigurationError` where the file does not read.
  public init(
    for declaration: Declaration, target: Int, trainTokens: Double = 0,
    runtimes: [Runtime] = RuntimeCatalogue.newest
  ) throws(ConfigurationError) {
    let read = try RuntimeCatalogue.reference.read(declaration, length: target)
    let layers = try read.planned(length: target)
    guard let layer = layers.first else { throw ConfigurationError(refusing: "the file has no rotated layers") }
    let window = read.window
    let choice = SuggestedMethod(
      layer, window: window ?? layer.plan.geometry.trainedLength, target: target, trainTokens: trainTokens)
    schema = "ropescope.suggest/1"
    self.target = target
    trainedLength = layer.plan.geometry.trainedLength
    self.trainTokens = trainTokens
    isUnchanged = choice.isUnchanged
    factor = choice.factor
    method = choice.isUnchanged ? nil : choice.method?.description
    reasons = choice.reasons
    warnings = choice.warnings
    alternatives = choice.alternatives
    settings = []
    guard choice.isUnchanged || choice.method != nil else { return }
    for runtime in runtimes {
      settings.append(
        Self.settings(
          runtime, declaration, choice.isUnchanged ? nil : choice.method, target: target,
          window: choice.isUnchanged ? nil : max(target, window ?? 0)))
    }
  }

  private static func settings(
    _ runtime: Runtime, _ declaration: Declaration, _ method: MethodSpecification?, target: Int, window: Int?
  ) -> Settings {
    do {
      let found = try Conversion.settings(
        for: runtime, of: declaration, length: target, method: method, window: window)
      return Settings(
        runtime: runtime.name, version: runtime.version, supported: true, kind: found.kind, text: found.text,
        reason: nil, notes: found.notes)
    } catch {
      return Settings(
        runtime: runtime.name, version: runtime.version, supported: false, kind: nil, text: nil,
        reason: error.message, notes: [])
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, target, factor, method, reasons, warnings, alternatives, settings
    case trainedLength = "trained_length"
    case trainTokens = "train_tokens"
    case isUnchanged = "unchanged"
  }
}
