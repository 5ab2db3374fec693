import RopeConfig
import RopeText

/// Which model a record is about.
public struct ModelRecord: Sendable, Codable {
  /// The file, preset or options that it came from.
  public var source: String
  public var name: String
  @Nullable public var family: String?
  /// `ORG/NAME` on the Hugging Face Hub, where it is known.
  public var hubID: String?
  /// Where a preset's configuration was published.
  public var published: String?

  public init(_ model: Reading) {
    source = model.source
    family = model.family
    let preset = ModelPresets.named(model.source)
    let declared = model.declaration?.root.member("_name_or_path")?.node.string.flatMap { HubName($0) }
    // A folder that a cache names by a hash says nothing.
    name = Self.isHash(model.name) ? declared?.description ?? model.family ?? "config" : model.name
    hubID = preset?.hubIDs.first ?? HubName(name)?.description
    published = preset?.source
  }

  /// What people call it.
  public var title: String { hubID ?? name }

  private static func isHash(_ name: String) -> Bool { name.count >= 12 && name.allSatisfy(\.isHexDigit) }

  enum CodingKeys: String, CodingKey {
    case source, name, family, published
    case hubID = "hub_id"
  }
}
