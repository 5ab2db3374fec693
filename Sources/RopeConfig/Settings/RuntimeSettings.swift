import RopeJSON
import RopeMath

/// What to write or pass so that a runtime computes the numbers asked for.
public struct RuntimeSettings: Sendable {
  public enum Kind: String, Sendable, Codable {
    /// Keys of a `config.json`, at the paths where they are to be written; other keys stay as they are.
    case configuration
    /// Options of a command.
    case arguments
    /// The runtime's own configuration in code.
    case code
    /// A file or script of the program's own.
    case file
  }

  public let kind: Kind
  /// Empty where nothing needs to be written or passed.
  public let text: String
  public var notes: [String]
  /// What to call a file with the text.
  public internal(set) var fileName: String?
  /// How the settings are tried out before they are handed on.
  let trial: Trial

  enum Trial: Sendable {
    /// The text is read as the command that it is, and merged into the file as the program merges it.
    case command
    /// The file with the settings applied.
    case declaration(Declaration)
    /// The plan of the layers that are scaled, where options change what no key of a file says.
    case plan(RotaryPlan)
  }

  init(_ kind: Kind, _ text: String, notes: [String] = [], trial: Trial) {
    self.kind = kind
    self.text = text
    self.notes = notes
    self.trial = trial
  }

  /// The model's whole configuration as it has to stand; nil where options or the text say all.
  public var configuration: String? {
    guard case .declaration(let declaration) = trial, !isUnchanged else { return nil }
    var writer = JSONWriter(.lines)
    writer.value(declaration.root.node)
    return writer.text + "\n"
  }

  /// Whether the file is right as it stands.
  public var isUnchanged: Bool { text.isEmpty }
}
