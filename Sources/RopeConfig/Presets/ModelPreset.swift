import RopeJSON

/// A well-known model under a short name: the keys of its published configuration and where they were read.
public struct ModelPreset: Sendable {
  public let name: String
  /// Repositories on the Hugging Face Hub whose file this is.
  public let hubIDs: [String]
  /// Where the configuration was published; what was put together from several places, or not looked up again, says so.
  public let source: String
  /// The keys that matter for rotary embedding, as JSON.
  public let configuration: String

  /// - Parameters:
  ///   - outer: the outer `model_type` of a file that nests the language model under `text_config`.
  ///   - members: members of the object, without braces.
  // Tables of hundreds of rows compile much faster where it is not written out in each.
  @inline(never)
  init(_ name: String, ids: [String], source: String, nested outer: String? = nil, _ members: String...) {
    let text = members.joined(separator: ",\n")
    let object = text.hasPrefix("{") ? text : "{\(text)}"
    self.name = name
    hubIDs = ids
    self.source = source
    configuration = outer.map { "{\"model_type\": \"\($0)\", \"text_config\": \(object)}" } ?? object
  }

  /// - Throws: `ConfigurationError` as for a file.
  public func declaration() throws(ConfigurationError) -> Declaration {
    try Declaration(SourceText(bytes: Array(configuration.utf8), path: name))
  }

  /// - Throws: `ConfigurationError` as for a file.
  public func resolved() throws(ConfigurationError) -> Reading {
    try RuntimeCatalogue.reference.read(declaration(), source: name, name: name)
  }

  /// The published model that it is one of.
  public var published: PublishedModel? {
    hubIDs.lazy.compactMap(PublishedModel.named).first ?? (try? declaration()).flatMap(PublishedModel.shown)
  }
}
