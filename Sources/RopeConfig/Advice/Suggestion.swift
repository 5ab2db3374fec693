import RopeJSON
import RopeMath

/// How to bring a model to a length: the document `ropescope.suggest/1`.
public struct Suggestion: Sendable, Codable {
  /// One runtime's settings, or why it has none. A runtime that does the wanted with the file as it stands has no
  /// entry.
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
  /// Longest length that the weights were trained at with the scaling that they ship with; nil where nothing but the
  /// window tells.
  public var nativeLength: Int?
  /// What tells the native length: a published model, or a key of the file.
  public var nativeSource: String?
  /// Tokens that can be trained on; 0 for frozen weights.
  public var trainTokens: Double
  /// Whether the file is right as it stands.
  public var isUnchanged: Bool
  /// Whether only the window has to be raised.
  public var isWindowOnly: Bool
  /// `max_position_embeddings` to write; nil where it stays.
  public var window: Int?
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
    if let reason = read.noRotation {
      throw ConfigurationError(refusing: "\(reason) No RoPE scaling acts; the window is only a limit.")
    }
    let layers = try read.planned(length: target)
    guard let layer = layers.first else { throw ConfigurationError(refusing: "the file has no rotated layers") }
    let own = read.window ?? layer.plan.geometry.trainedLength
    let lengths = KnownLengths(declaration, read)
    let choice = SuggestedMethod(layer, lengths, window: own, target: target, trainTokens: trainTokens)
    schema = "ropescope.suggest/1"
    self.target = target
    trainedLength = layer.plan.geometry.trainedLength
    nativeLength = lengths.native
    nativeSource = lengths.name
    self.trainTokens = trainTokens
    isUnchanged = choice.kind == .unchanged
    isWindowOnly = choice.kind == .windowOnly
    factor = choice.factor
    let method = choice.kind == .method ? choice.method : nil
    self.method = method?.description
    // Dynamic scaling grows from the window, which therefore stays.
    let isStill = method?.parts.first?.id == "dynamic"
    window = choice.kind == .unchanged || choice.kind == .none || isStill || own >= target ? nil : target
    reasons = choice.reasons
    warnings = choice.warnings
    if read.isUnknownFamily, read.values.contains(where: { $0.key == "base" && $0.origin == .default }) {
      warnings.append(
        Advice(
          "the base is a guess: the file has no rope_theta and its class is not known here; nothing below is sure"))
    }
    alternatives = choice.alternatives
    settings = []
    guard choice.kind != .none else { return }
    guard !runtimes.isEmpty else { return }
    let wanted = try WantedRotation(declaration, length: target, method: method, window: window)
    for runtime in runtimes {
      if let entry = Self.settings(runtime, wanted, isChanged: method != nil || window != nil) {
        settings.append(entry)
      }
    }
  }

  /// Nil where nothing is to be said.
  private static func settings(
    _ runtime: Runtime, _ wanted: WantedRotation, isChanged: Bool
  ) -> Settings? {
    do {
      guard let found = try Conversion.change(for: runtime, wanted) else { return nil }
      return Settings(
        runtime: runtime.name, version: runtime.version, supported: true, kind: found.kind, text: found.text,
        reason: nil, notes: found.notes)
    } catch {
      // A runtime without this class is no news where nothing has to be set.
      if !isChanged, !runtime.runs(wanted.declaration) { return nil }
      return Settings(
        runtime: runtime.name, version: runtime.version, supported: false, kind: nil, text: nil,
        reason: error.message, notes: [])
    }
  }

  /// One line that says what is to be done.
  public var headline: String {
    if isUnchanged {
      let told = settings.filter { $0.text?.isEmpty == false }.map(\.runtime)
      guard !told.isEmpty else { return "Nothing needs to change for \(target) tokens." }
      return "The numbers are right for \(target) tokens as they are; \(told.joined(separator: ", ")) must be told the length."
    }
    if isWindowOnly { return "Raise the window to \(target) tokens; the frequencies are right as they are." }
    return "\(method ?? "no method can be said"), from \(nativeLength ?? trainedLength) to \(target) tokens"
  }

  enum CodingKeys: String, CodingKey {
    case schema, target, factor, method, window, reasons, warnings, alternatives, settings
    case trainedLength = "trained_length"
    case nativeLength = "native_length"
    case nativeSource = "native_source"
    case trainTokens = "train_tokens"
    case isUnchanged = "unchanged"
    case isWindowOnly = "window_only"
  }
}
