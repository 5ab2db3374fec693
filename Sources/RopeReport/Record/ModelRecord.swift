import RopeConfig

/// Which model a record is about.
public struct ModelRecord: Sendable, Codable {
  /// The file, preset or options that it came from.
  public var source: String
  public var name: String
  public var family: String?

  public init(_ model: Reading) {
    source = model.source
    name = model.name
    family = model.family
  }

  enum CodingKeys: String, CodingKey { case source, name, family }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(name, forKey: .name)
    try container.encode(family, forKey: .family)
  }
}
