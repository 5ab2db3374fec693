import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords
import RopeText

/// How to bring a model to a length: the document `ropescope.suggest/1`, an advice with each runtime's settings.
public struct Suggestion: Sendable, Encodable {
  public let advice: Advice
  /// A runtime that does the wanted with the file as it stands has no entry.
  public let settings: [SettingsRecord]

  /// - Parameter runtimes: those to write settings for.
  /// - Throws: `ConfigurationError` where the file does not read.
  public init(
    _ advice: Advice, of reading: Reading, runtimes: [Runtime] = RuntimeCatalogue.newest
  ) throws(ConfigurationError) {
    self.advice = advice
    guard advice.action != .none, !runtimes.isEmpty else {
      settings = []
      return
    }
    let declaration = try reading.runtimeDeclaration()
    let method = advice.method.flatMap { try? MethodSpecification.parse($0) }
    var found: [SettingsRecord] = []
    for runtime in runtimes {
      if let entry = Self.settings(runtime, declaration, advice, method) { found.append(entry) }
    }
    settings = found
  }

  /// The advice for transformers and a server, with the settings of these runtimes.
  ///
  /// - Throws: `ConfigurationError` where the file does not read.
  public init(
    for declaration: Declaration, target: Int, trainTokens: Double = 0,
    runtimes: [Runtime] = RuntimeCatalogue.newest
  ) throws(ConfigurationError) {
    let reading = try RuntimeCatalogue.reference.read(declaration, length: target)
    try self.init(Adviser(reading, trainTokens: trainTokens).advice(target: target), of: reading, runtimes: runtimes)
  }

  /// Nil where nothing is to be said.
  private static func settings(
    _ runtime: Runtime, _ declaration: Declaration, _ advice: Advice, _ method: MethodSpecification?
  ) -> SettingsRecord? {
    do {
      guard
        let found = try Conversion.change(
          for: runtime, of: declaration, length: advice.target, method: method, window: advice.window)
      else { return nil }
      return SettingsRecord(runtime, found)
    } catch {
      // A runtime without this class is no news where nothing has to be set.
      if advice.action == .unchanged, !runtime.runs(declaration) { return nil }
      return SettingsRecord(runtime, refusing: error)
    }
  }

  /// One line that says what is to be done.
  public var headline: Message {
    let told = settings.filter { $0.text?.isEmpty == false }.map(\.runtime)
    guard advice.action == .unchanged, !told.isEmpty else { return advice.headline }
    return
      "The numbers are right for \(advice.target) tokens as they are; \(told.joined(separator: ", ")) must be told the length."
  }

  enum CodingKeys: String, CodingKey {
    case schema, target, factor, method, window, reasons, warnings, alternatives, settings, advice
    case trainedLength = "trained_length"
    case nativeLength = "native_length"
    case nativeSource = "native_source"
    case trainTokens = "train_tokens"
    case isUnchanged = "unchanged"
    case isWindowOnly = "window_only"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("ropescope.suggest/1", forKey: .schema)
    try container.encode(advice.target, forKey: .target)
    try container.encode(advice.trainedLength, forKey: .trainedLength)
    try container.encodeIfPresent(advice.nativeLength, forKey: .nativeLength)
    try container.encodeIfPresent(advice.nativeSource, forKey: .nativeSource)
    try container.encode(advice.trainTokens, forKey: .trainTokens)
    try container.encode(advice.action == .unchanged, forKey: .isUnchanged)
    try container.encode(advice.action == .window, forKey: .isWindowOnly)
    try container.encodeIfPresent(advice.window, forKey: .window)
    try container.encode(advice.factor, forKey: .factor)
    try container.encodeIfPresent(advice.method, forKey: .method)
    try container.encode(advice.reasons, forKey: .reasons)
    try container.encode(advice.cautions, forKey: .warnings)
    try container.encode(advice.alternatives, forKey: .alternatives)
    try container.encode(settings, forKey: .settings)
    try container.encode(advice, forKey: .advice)
  }
}
