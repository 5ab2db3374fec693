import CSimulationLoops
import RealModule
import RopeMath

/// The mean logit against distance, `B(Δ) = (1/m) Σ cos(Δθ_i)` times its size, and the sums over contexts that an
/// approximate entropy of attention follows from.
///
/// Distances below 16,384 are all summed; beyond, an octave is represented by 64 blocks of 256 consecutive distances,
/// one at a seeded place in each 64th of it.
struct MeanProfile: Sendable {
  private static let whole = 16_384
  private static let sampledBlocks = 64

  private struct Segment: Sendable {
    var start: Int
    var end: Int
    var nodes: Range<Int>
  }

  /// `(1/n) Σ e^{jΔθ}` over the n distances of a segment: a size and a direction.
  private struct SegmentMean: Sendable {
    var size: Double
    var cosine: Double
    var sine: Double

    init(frequency: Double, segment: Segment) {
      let count = Double(segment.end - segment.start)
      let half = Double.sin(frequency / 2)
      size = abs(half) < 1e-300 ? 1 : Double.sin(count * frequency / 2) / (count * half)
      let angle = frequency * (Double(segment.start) + Double(segment.end - 1)) / 2
      cosine = .cos(angle)
      sine = .sin(angle)
    }
  }

  private let segments: [Segment]
  /// For every frequency, the means of all segments.
  private let segmentMeans: [[SegmentMean]]
  private let nodes: [Float]

  /// - Parameter counts: the key counts that sums will be asked for.
  init(frequencies: [Double], counts: [Int], seed: UInt64) {
    let last = counts.max() ?? 0
    let powers = [0] + (0...41).map { 1 << $0 }.filter { $0 < last }
    let edges = Set(powers + counts).sorted()
    let kernel = DistanceKernel(frequencies: frequencies)
    let share = Float(1 / Double(max(1, frequencies.count)))
    let weights = DistanceKernel.Weights(
      cosine: frequencies.map { _ in share }, sine: frequencies.map { _ in 0 })
    let length = DistanceKernel.blockLength
    var generator = SeededGenerator(seed: seed)
    var segments: [Segment] = []
    var nodes = kernel.evaluate([weights], count: min(last, Self.whole)).values
    for (start, end) in zip(edges, edges.dropFirst()) {
      if end <= Self.whole {
        segments.append(Segment(start: start, end: end, nodes: start..<end))
        continue
      }
      let first = nodes.count
      if end - start <= Self.whole {
        nodes += kernel.evaluate(weights, blocks: Array(stride(from: start, to: end, by: length))).prefix(end - start)
      } else {
        let room = Double(end - start - length)
        let starts = (0..<Self.sampledBlocks).map { block in
          start + Int((Double(block) + generator.nextUniform()) * room / Double(Self.sampledBlocks))
        }
        nodes += kernel.evaluate(weights, blocks: starts)
      }
      segments.append(Segment(start: start, end: end, nodes: first..<nodes.count))
    }
    self.segments = segments
    segmentMeans = frequencies.map { frequency in
      segments.map { SegmentMean(frequency: frequency, segment: $0) }
    }
    self.nodes = nodes
  }

  /// What the weights `e^{scale·B(Δ)}` over the first keys amount to.
  struct Sums: Sendable {
    /// Entropy of the normalised weights, nats.
    var entropy: Double
    /// `1/Σ p²`: how many equal weights would concentrate as much.
    var participation: Double
    /// `1 − (1/m) Σ |Σ p e^{jΔθ_i}|²`: the share of a sampled query's slow variation that differs between its keys, the
    /// rest shifting all logits alike; and its derivative with respect to ln scale.
    var varyingShare: Double
    var varyingShareSlope: Double
    /// Share of the weights at distances of `beyond` tokens or more.
    var massBeyond: Double
  }

  /// - Parameters:
  ///   - counts: key counts, ascending, each among those given at the start.
  ///   - beyond: a distance among them, for `massBeyond`.
  func sums(scale: Double, counts: [Int], beyond: Int) -> [Sums] {
    let top = abs(scale)
    var parts: [(weight: Double, moment: Double, square: Double, start: Int, end: Int)] = []
    for segment in segments where segment.end <= counts.last ?? 0 {
      let (weight, moment, square) = exponentialSums(segment.nodes, scale: Float(scale), top: Float(top))
      let share = Double(segment.end - segment.start) / Double(segment.nodes.count)
      parts.append((weight * share, moment * share, square * share, segment.start, segment.end))
    }
    return counts.map { count in
      let used = parts.filter { $0.end <= count }
      let total = used.reduce(0) { $0 + $1.weight }
      let mean = used.reduce(0) { $0 + $1.moment } / total
      // Segments are in the order of their distances, so those in use come first.
      let (varying, slope) = variation(used.map { ($0.weight / total, $0.moment / $0.weight - mean) })
      return Sums(
        entropy: .log(total) - mean, participation: max(1, total * total / used.reduce(0) { $0 + $1.square }),
        varyingShare: varying, varyingShareSlope: slope,
        massBeyond: used.reduce(0) { $0 + ($1.start >= beyond ? $1.weight : 0) } / total)
    }
  }

  /// Weights are taken as constant within a segment, where `Σ e^{jΔθ}` is a geometric sum.
  private func variation(_ parts: [(share: Double, excess: Double)]) -> (share: Double, slope: Double) {
    guard !segmentMeans.isEmpty else { return (0, 0) }
    var common = 0.0, change = 0.0
    for means in segmentMeans {
      var real = 0.0, imaginary = 0.0, realSlope = 0.0, imaginarySlope = 0.0
      for (part, mean) in zip(parts, means) {
        let x = part.share * mean.size * mean.cosine, y = part.share * mean.size * mean.sine
        real += x
        imaginary += y
        realSlope += part.excess * x
        imaginarySlope += part.excess * y
      }
      common += real * real + imaginary * imaginary
      change += 2 * (real * realSlope + imaginary * imaginarySlope)
    }
    let m = Double(segmentMeans.count)
    return (max(0, 1 - common / m), -change / m)
  }

  /// `Σ e^{y − top}`, `Σ (y − top) e^{y − top}`, `Σ e^{2(y − top)}` for y = scale · B over some nodes.
  private func exponentialSums(_ range: Range<Int>, scale: Float, top: Float) -> (Double, Double, Double) {
    var sums = (0.0, 0.0, 0.0)
    nodes.withUnsafeBufferPointer { nodes in
      guard let first = nodes.baseAddress else { return }
      let block = Int(SIMULATION_BLOCK)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
        var part = [0.0, 0.0, 0.0]
        simulation_exponential_sums(first + start, scale, top, min(block, range.upperBound - start), &part)
        sums = (sums.0 + part[0], sums.1 + part[1], sums.2 + part[2])
      }
    }
    return sums
  }
}
