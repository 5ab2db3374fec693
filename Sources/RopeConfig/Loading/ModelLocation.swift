/// What a name stands for: the file or preset to read, how the model is called, and what a reader should know of it.
public struct ModelLocation: Sendable {
  public enum Content: Sendable {
    /// A `config.json`, a `params.json` or a GGUF file.
    case file(String)
    case preset(ModelPreset)
  }

  public var content: Content
  /// `ORG/NAME` for what lies in a cache, else the folder's or the file's name.
  public var name: String
  public var notes: [String] = []

  public var path: String? { if case .file(let path) = content { path } else { nil } }
}
