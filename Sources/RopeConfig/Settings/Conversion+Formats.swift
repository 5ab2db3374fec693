import RopeJSON
import RopeMath
import RopeText

extension Conversion {
  /// The block that tells a trainer or server of its own format: tried by reading it back and comparing the plans that
  /// its program would have with those that are wanted.
  ///
  /// - Parameters: as of `settings(for:of:length:method:window:)`.
  ///   - model: what the program is to load, a name or a path.
  /// - Throws: `ConfigurationError` where no form of the program says it.
  public static func settings(
    for format: CommandFormat, model: String, of declaration: Declaration, length: Int,
    method: MethodSpecification? = nil, window: Int? = nil
  ) throws(ConfigurationError) -> RuntimeSettings {
    guard !format.forms.isEmpty else {
      throw ConfigurationError(refusing: "how \(format.title) is told a rotation is not known here")
    }
    let wanted = try WantedRotation(declaration, length: length, method: method, window: window)
    let file = try change(
      for: RuntimeCatalogue.reference, of: declaration, length: length, method: method, window: window)
    let patched: Declaration
    switch file?.trial {
    case .declaration(let edited): patched = edited
    default: patched = declaration
    }
    let change = file.flatMap { try? JSONParser.parse(SourceText(bytes: Array($0.text.utf8))) } ?? .object([])
    var refusal: ConfigurationError?
    for form in format.forms {
      let isFile = form.carrier == .file
      guard isFile || file != nil,
        let text = form.written(model: model, length: length, window: wanted.window, change: change)
      else { continue }
      do throws(ConfigurationError) {
        let isNeeded = isFile && file != nil
        var settings = RuntimeSettings(.file, text, trial: isNeeded ? .declaration(patched) : .command)
        settings.notes = try read(text, form, format, on: isFile ? patched : declaration, wanted)
        settings.fileName = form.fileName
        if isFile, let file {
          settings.notes.insert("write this into the model's config.json first: \(file.text)", at: 0)
          if case .modelfile = form.text {
            settings.notes.insert("then make the GGUF file from it: python convert_hf_to_gguf.py MODEL", at: 1)
          }
        }
        return settings
      } catch { refusal = refusal ?? error }
    }
    throw refusal ?? ConfigurationError(refusing: "\(format.title) has no setting that says this")
  }

  /// Reads a text as its program would.
  ///
  /// - Returns: what a reader should know of it.
  /// - Throws: what the program would say against it, or what it would compute otherwise.
  private static func read(
    _ text: String, _ form: SettingsForm, _ format: CommandFormat, on declaration: Declaration, _ wanted: WantedRotation
  ) throws(ConfigurationError) -> [String] {
    let source = SourceText(bytes: Array(text.utf8))
    let commands = try CommandReader.commands(in: source, name: form.fileName, hint: format.name)
    guard let command = commands.first(where: { $0.format.name == format.name }),
      let effective = try command.effective(on: declaration).first
    else { throw ConfigurationError(refusing: "\(format.title) does not read what would be written") }
    if let finding = effective.findings.first(where: { $0.severity != .note }) {
      throw ConfigurationError(refusing: Language.english(finding.message))
    }
    let runtime =
      effective.runtimeText.flatMap { try? RuntimeCatalogue.selection($0).runtimes.last } ?? RuntimeCatalogue.reference
    guard !runtime.isKnownByNameOnly else {
      return effective.notes + ["\(runtime.title) is known by name only: what it computes from the file was not tried"]
    }
    let plans = try runtime.layers(
      of: effective.declaration, length: wanted.length, servedLength: effective.servedLength)
    if let difference = difference(plans.map(\.plan), wanted.reference) {
      throw ConfigurationError(refusing: "\(format.title) would not compute these numbers: \(difference)")
    }
    return effective.notes
  }
}
