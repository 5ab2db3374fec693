import RopeJSON

/// A well-known model under a short name: the keys of its published configuration and where they were read.
public struct ModelPreset: Sendable {
  public let name: String
  /// Where the configuration was published.
  public let source: String
  /// The keys that matter for rotary embedding, as JSON.
  public let configuration: String

  /// - Throws: `ConfigurationError` as for a file.
  public func resolved() throws(ConfigurationError) -> Reading {
    var model = try ModelLoader.resolve(Array(configuration.utf8), path: name, name: name)
    model.source = name
    return model
  }
}
