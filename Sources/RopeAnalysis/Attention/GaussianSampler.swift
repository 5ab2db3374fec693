import CSimulationLoops
import RopeMath

/// Standard normal numbers in float32 by the Box–Muller transform, sixteen at a time; the same for a seed everywhere.
///
/// Uniforms have 32 bits, so no sample lies beyond √(66 ln 2) = 6.76.
public struct GaussianSampler: Sendable {
  private var generator: SeededGenerator

  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// `count` independent samples.
  public mutating func samples(_ count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(buffer)
      filled = count
    }
  }

  /// Overwrites the whole buffer.
  public mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>) {
    guard let start = buffer.baseAddress else { return }
    let whole = buffer.count / Self.groupLength, rest = buffer.count % Self.groupLength
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.groupsAtOnce * Self.groupLength / 2) { words in
      func draw(_ groups: Int, to place: UnsafeMutablePointer<Float>) {
        for index in 0..<groups * Self.groupLength / 2 { words.initializeElement(at: index, to: generator.next()) }
        simulation_normals(words.baseAddress, place, groups)
      }
      for first in stride(from: 0, to: whole, by: Self.groupsAtOnce) {
        draw(min(Self.groupsAtOnce, whole - first), to: start + first * Self.groupLength)
      }
      guard rest > 0 else { return }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.groupLength) { last in
        guard let address = last.baseAddress else { return }
        draw(1, to: address)
        (start + whole * Self.groupLength).update(from: address, count: rest)
      }
    }
  }

  /// Numbers that are made together, of half as many words.
  private static let groupLength = 16
  private static let groupsAtOnce = 32
}
