import RopeJSON

/// What is asked of a format: a command, the configuration that it works with, and the version that runs it.
struct EffectiveRequest: Sendable {
  let command: Command
  let base: Declaration?
  /// The program's version; nil for the newest.
  let version: RuntimeVersion?

  /// Whether an older version than `text` is meant; false where none is named.
  func isBefore(_ text: String) -> Bool {
    guard let version, let other = RuntimeVersion(text) else { return false }
    return version < other
  }

  func with(version: String) -> EffectiveRequest {
    EffectiveRequest(command: command, base: base, version: RuntimeVersion(version))
  }

  func with(_ command: Command) -> EffectiveRequest { EffectiveRequest(command: command, base: base, version: version) }

  /// The same with what one option's text holds: options that are handed on to another program, and are its own.
  func handing(_ option: CommandOption, to format: CommandFormat) -> EffectiveRequest {
    var command = command
    let words = ShellReader.read(PlacedText(option.text ?? "", at: option.node.bytes.lowerBound)).commands
    command.options += CommandWords(format: format, source: command.source).options(
      words.flatMap(\.words), takesPositional: false)
    return with(command)
  }

  /// The configuration as it is, with the lengths that the command gives.
  ///
  /// - Parameter runtime: who reads it, where that is not the format's own.
  func unchanged(for runtime: String? = nil) -> EffectiveConfiguration {
    var builder = EffectiveBuilder(self, runtime: runtime)
    builder.takeLengths()
    return builder.configuration
  }
}

extension Command {
  /// The configurations that the program really works with, one for each role.
  ///
  /// - Parameters:
  ///   - base: the model's configuration; nil where it is not known, which gives the command's own values alone.
  ///   - version: the program's version; left out, the one that the text names, else the newest.
  /// - Throws: `ConfigurationError` at an override that cannot be read.
  public func effective(
    on base: Declaration?, version: RuntimeVersion? = nil
  ) throws(ConfigurationError) -> [EffectiveConfiguration] {
    if let fault = options.lazy.filter(\.isOfModel).compactMap(\.fault).first { throw fault }
    let meant = version ?? self.version.flatMap(RuntimeVersion.init)
    var results = try format.effective(EffectiveRequest(command: self, base: base, version: meant))
    let told =
      faults.map {
        CommandFinding(kind: $0.kind, severity: .error, message: $0.message, bytes: $0.bytes, source: source)
      } + unknownOptions
    for index in results.indices { results[index].findings += told }
    return results
  }

  /// The same for a runtime of the catalogue: its version counts where it is the one that this command is for.
  public func effective(on base: Declaration?, runtime: Runtime?) throws(ConfigurationError) -> [EffectiveConfiguration]
  {
    guard let runtime, runtime.name == format.runtime else { return try effective(on: base) }
    return try effective(on: base, version: RuntimeVersion(runtime.version))
  }
}
