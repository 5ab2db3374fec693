import RopeMath
import RopeText

/// A value that two readings have otherwise: the key as `ropescope inspect` names it, and both values.
public struct ValueDifference: Sendable, Codable, Hashable {
  public var key: String
  /// Nil where the first reading has no such value.
  @Nullable public var first: ParameterValue?
  /// Nil where the second reading has no such value.
  @Nullable public var second: ParameterValue?

  /// Sizes that say little of rotation stand last.
  private static let sizes: Set = ["layers", "heads", "kv_heads"]

  /// What differs between two readings, in the order in which they were resolved.
  static func between(_ first: Reading, _ second: Reading) -> [ValueDifference] {
    var keys: [String] = []
    for value in first.values + second.values where !keys.contains(value.key) { keys.append(value.key) }
    let all = keys.compactMap { key -> ValueDifference? in
      let sides = [first, second].map { $0.values.last { $0.key == key }?.value }
      return sides[0] == sides[1] ? nil : ValueDifference(key: key, first: sides[0], second: sides[1])
    }
    return all.filter { !sizes.contains($0.key) } + all.filter { sizes.contains($0.key) }
  }
}
