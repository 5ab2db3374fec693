import RopeConfig
import RopeJSON
import RopeText

/// A configuration with a command's overrides merged in: an entry of `effective` in `ropescope.inspect/1`.
public struct EffectiveRecord: Sendable, Encodable {
  /// `actor`, `rollout` …; nil where the command has one.
  @Nullable public private(set) var role: String?
  public let config: JSONNode

  public init(_ effective: EffectiveConfiguration) {
    role = effective.role
    config = effective.declaration.root.node
  }
}
