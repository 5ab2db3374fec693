import RopeJSON
import RopeMath
import RopeText

/// Settings that make another runtime compute the numbers which the newest transformers computes from a file.
///
/// All that is handed out was tried: the settings are applied as the runtime's own command would, the result is read as
/// the runtime reads it, and the plans of all types of layers are compared with those that were promised.
public enum Conversion {
  /// - Parameters:
  ///   - method: what is wanted in place of the file's own scaling.
  ///   - window: `max_position_embeddings` to write; the file's own where left out.
  ///   - length: tokens to be served.
  /// - Returns: settings that say all of it; without a text where nothing is scaled and nothing needs to be said.
  /// - Throws: `ConfigurationError` where the runtime cannot be told to.
  public static func settings(
    for runtime: Runtime, of declaration: Declaration, length: Int, method: MethodSpecification? = nil,
    window: Int? = nil
  ) throws(ConfigurationError) -> RuntimeSettings {
    let wanted = try WantedRotation(declaration, length: length, method: method, window: window)
    let isPlain = method == nil && wanted.reference.allSatisfy { $0.specification == nil }
    if isPlain, let unchanged = try unchanged(runtime, wanted) { return unchanged }
    return try settings(for: runtime, wanted)
  }

  /// The least that a runtime has to be told; nil where it does the wanted with the file as it stands.
  ///
  /// - Parameters: as of `settings`.
  /// - Throws: `ConfigurationError` where the runtime cannot be told to.
  public static func change(
    for runtime: Runtime, of declaration: Declaration, length: Int, method: MethodSpecification? = nil,
    window: Int? = nil
  ) throws(ConfigurationError) -> RuntimeSettings? {
    try change(for: runtime, WantedRotation(declaration, length: length, method: method, window: window))
  }

  private static func change(
    for runtime: Runtime, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> RuntimeSettings? {
    guard wanted.method == nil else { return try full(runtime, wanted) }
    let isRaised = wanted.window != wanted.ownWindow ?? wanted.window
    if !isRaised, !runtime.readsConfigurations { return nil }
    if !isRaised, try unchanged(runtime, wanted) != nil { return nil }
    try admit(runtime, wanted)
    let request = try wanted.request(for: runtime, isWindowOnly: true)
    let least = try? first(request.runtime.dialect.settings(request), request, wanted.reference)
    if let least, !least.isUnchanged { return least }
    return try full(runtime, wanted)
  }

  private static func full(
    _ runtime: Runtime, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> RuntimeSettings? {
    let settings = try settings(for: runtime, wanted)
    return settings.isUnchanged ? nil : settings
  }

  // MARK: Trying

  /// Refuses runtimes that no settings can be written for, whatever is wanted.
  private static func admit(_ runtime: Runtime, _ wanted: WantedRotation) throws(ConfigurationError) {
    if let card = runtime.named { throw ConfigurationError(refusing: card.settings) }
    if wanted.declaration.isGGUF, runtime.name != "llama.cpp" {
      throw ConfigurationError(
        refusing: "\(runtime.title) is told in the keys of a config.json, which a GGUF file does not have")
    }
    // A class that the runtime does not have is the first thing to say.
    if !runtime.runs(wanted.declaration) { _ = try runtime.read(wanted.declaration, length: wanted.length) }
  }

  private static func settings(
    for runtime: Runtime, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> RuntimeSettings {
    try admit(runtime, wanted)
    let request = try wanted.request(for: runtime)
    let refusal: ConfigurationError
    do throws(ConfigurationError) {
      return try first(try runtime.dialect.settings(request), request, wanted.reference)
    } catch { refusal = error }
    if wanted.method == nil, let unchanged = try asItStands(request, wanted) { return unchanged }
    // A base that grows with the length stands still at one length, and a fixed base says the same there.
    guard request.main?.id == "dynamic" else { throw refusal }
    let fixed = MethodSpecification.Part(id: "abf", given: ["rope_theta": .number(request.plan.base)])
    var still = request
    still.layers[0].parts = [fixed] + request.parts.dropFirst()
    var settings: RuntimeSettings
    do throws(ConfigurationError) {
      settings = try first(try runtime.dialect.settings(still), still, wanted.reference)
    } catch { throw refusal }
    settings.notes.append(
      """
      the same numbers at \(request.length) tokens only: the file's own scaling changes with the length, this does not
      """)
    return settings
  }

  /// The first that gives the promised plans.
  ///
  /// - Throws: what was wrong with the first of all.
  private static func first(
    _ candidates: [RuntimeSettings], _ request: SettingsRequest, _ reference: [RuntimeLayer]
  ) throws(ConfigurationError) -> RuntimeSettings {
    var refusal: ConfigurationError?
    for candidate in candidates {
      do throws(ConfigurationError) {
        return try tried(candidate, request, reference)
      } catch { refusal = refusal ?? error }
    }
    throw refusal ?? request.refusal()
  }

  private static func tried(
    _ settings: RuntimeSettings, _ request: SettingsRequest, _ reference: [RuntimeLayer]
  ) throws(ConfigurationError) -> RuntimeSettings {
    var settings = settings
    let plans: [RotaryPlan]
    func read(_ declaration: Declaration) throws(ConfigurationError) -> [RotaryPlan] {
      let reading = try request.runtime.read(
        declaration, length: request.length, servedLength: request.length)
      if let window = reading.servedWindow, window.longer != .warned, let note = window.note(length: request.length) {
        throw ConfigurationError(refusing: note)
      }
      let layers = try reading.planned(length: request.length)
      for note in layers.flatMap(\.notes) where !settings.notes.contains(note) { settings.notes.append(note) }
      return layers.map(\.plan)
    }
    switch settings.trial {
    case .plan(let plan):
      _ = try effective(settings.text, request)
      plans = [plan] + reference.dropFirst().map(\.plan)
    case .command: plans = try read(effective(settings.text, request))
    case .declaration(let declaration): plans = try read(declaration)
    }
    if let difference = difference(plans, reference) {
      throw ConfigurationError(
        refusing: "\(request.runtime.title) \(request.runtime.version) cannot compute these numbers: \(difference)")
    }
    return settings
  }

  /// The file as the program has it after it has read a line of options.
  ///
  /// - Throws: what the program would say against the line.
  private static func effective(
    _ line: String, _ request: SettingsRequest
  ) throws(ConfigurationError) -> Declaration {
    let source = SourceText(bytes: Array(line.utf8))
    let commands = try CommandReader.commands(in: source, hint: request.runtime.name)
    guard let command = commands.first,
      let result = try command.effective(on: request.declaration, runtime: request.runtime).first
    else { throw request.refusal() }
    if let finding = result.findings.first(where: { $0.severity != .note }) {
      throw ConfigurationError(refusing: Language.english(finding.message))
    }
    return result.declaration
  }

  /// What differs between plans and those that were promised; nil for nothing.
  static func difference(_ plans: [RotaryPlan], _ reference: [RuntimeLayer]) -> String? {
    guard plans.count == reference.count else {
      return "it has \(plans.count) types of layers here, \(reference.count) are needed"
    }
    for (layer, plan) in zip(reference, plans) {
      let comparison = PlanComparison(of: plan, with: layer.plan)
      if comparison.isMismatch { return comparison.sentence }
    }
    return nil
  }

  // MARK: The file as it stands

  /// Settings without a text where the file gives the wanted numbers and the runtime serves the length.
  private static func unchanged(
    _ runtime: Runtime, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> RuntimeSettings? {
    guard wanted.window == wanted.ownWindow ?? wanted.window else { return nil }
    let request = try wanted.request(for: runtime)
    guard let window = runtime.servedWindow(of: wanted.declaration)?.tokens, window < request.length else {
      return try asItStands(request, wanted)
    }
    return nil
  }

  private static func asItStands(
    _ request: SettingsRequest, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> RuntimeSettings? {
    guard request.runtime.readsConfigurations else { return nil }
    let settings = RuntimeSettings(
      .configuration, "", notes: ["nothing needs to change: the file as it stands gives these numbers"],
      trial: .declaration(wanted.declaration))
    return try? tried(settings, request, wanted.reference)
  }
}

extension Runtime {
  /// Whether a model's configuration is what it is told by, rather than arguments of its own.
  var readsConfigurations: Bool { !["megatron", "torchtitan", "deepseek"].contains(name) }

  /// Whether it has the model's class.
  public func runs(_ declaration: Declaration) -> Bool {
    let type = (try? declaration.text(declaration.value(anyOf: ["model_type"]))) ?? ""
    return !dialect.missingModels(type, actualVersion) && dialect.onlyModels?.contains(type) != false
  }
}
