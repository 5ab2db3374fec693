import RopeConfig
import RopeJSON

/// A configuration with a command's overrides merged in: an entry of `effective` in `ropescope.inspect/1`.
public struct EffectiveRecord: Sendable, Encodable {
  /// `actor`, `rollout` …; nil where the command has one.
  public let role: String?
  public let config: JSONNode

  public init(_ effective: EffectiveConfiguration) {
    role = effective.role
    config = effective.declaration.root.node
  }

  enum CodingKeys: String, CodingKey { case role, config }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(role, forKey: .role)
    try container.encode(config, forKey: .config)
  }
}
