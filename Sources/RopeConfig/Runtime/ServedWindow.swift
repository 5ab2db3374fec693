/// The longest context that a runtime allows by itself, and what it does about a longer one.
public struct ServedWindow: Sendable, Hashable {
  /// What becomes of a request for more.
  public enum Longer: String, Sendable, Hashable {
    /// The server does not start.
    case refused
    /// It starts with a warning.
    case warned
    /// It runs with the window instead.
    case capped
  }

  public let tokens: Int
  /// How it is derived, for a message.
  public let sentence: String
  public let longer: Longer
  /// The option that asks for another length: `--max-model-len`.
  public let option: String
  /// A setting that lets a longer one through; nil for none.
  public let permission: String?

  init(tokens: Int, sentence: String, longer: Longer, option: String, permission: String? = nil) {
    self.tokens = tokens
    self.sentence = sentence
    self.longer = longer
    self.option = option
    self.permission = permission
  }

  public var longerIsRefused: Bool { longer == .refused }

  /// What the runtime says to a length; nil where it fits.
  public func note(length: Int) -> String? {
    guard length > tokens else { return nil }
    let wayOut = permission.map { ", or set \($0)" } ?? ""
    switch longer {
    case .refused:
      return "\(option) \(length) is refused, the window is \(tokens): raise max_position_embeddings\(wayOut)"
    case .warned: return "\(option) \(length) is above the window of \(tokens), which is only warned of"
    case .capped:
      return "\(option) \(length) is cut to the window of \(tokens)" + (permission.map { "; \($0) raises it" } ?? "")
    }
  }
}
