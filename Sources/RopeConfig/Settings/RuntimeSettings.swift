import RopeMath

/// What to write or pass so that a runtime computes the numbers asked for.
public struct RuntimeSettings: Sendable {
  public enum Kind: String, Sendable, Codable {
    /// Keys of a `config.json`.
    case configuration
    /// Options of a command.
    case arguments
    /// The runtime's own configuration in code.
    case code
  }

  public let kind: Kind
  public let text: String
  public var notes: [String]
  /// How the settings are tried out before they are handed on.
  let check: Check

  enum Check: Sendable {
    case configuration(EditedConfiguration)
    case plan(RotaryPlan)
  }

  init(_ kind: Kind, _ text: String, notes: [String] = [], check: Check) {
    self.kind = kind
    self.text = text
    self.notes = notes
    self.check = check
  }
}
