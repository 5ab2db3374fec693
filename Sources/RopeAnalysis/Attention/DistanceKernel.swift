import RealModule

/// Evaluates `f(Δ) = Σ_i A_i cos(Δθ_i) + B_i sin(Δθ_i)` at many consecutive distances for many sets of weights.
///
/// A block of 256 distances is `centre ± x` with half-integer x, so
/// `f = Σ α_i cos(xθ_i) ± β_i sin(xθ_i)` with `α = A cos(centre·θ) + B sin(centre·θ)` and
/// `β = B cos(centre·θ) − A sin(centre·θ)`: two small matrix products over tables that all blocks share. Angles are
/// computed in float64 and stepped over few blocks, so the error stays near 1e-6 · Σ(|A| + |B|) at any distance.
struct DistanceKernel: Sendable {
  static let blockLength = 256
  fileprivate static let half = blockLength / 2

  let frequencies: [Double]
  /// For every four x and every pair: four cosines, four sines.
  private let table: [SIMD4<Float>]

  init(frequencies: [Double]) {
    self.frequencies = frequencies
    var table = [SIMD4<Float>](repeating: SIMD4(), count: Self.half / 2 * frequencies.count)
    for (i, frequency) in frequencies.enumerated() {
      var turn = SteppedTurn(step: frequency)
      for x in 0..<Self.half {
        // A step adds some 1e-16 to the error: what is rounded to float32 stays the same over so few of them.
        if x.isMultiple(of: 32) { turn.restart(at: (Double(x) + 0.5) * frequency) }
        let place = 2 * (x / 4 * frequencies.count + i)
        table[place][x % 4] = Float(turn.cosine)
        table[place + 1][x % 4] = Float(turn.sine)
        turn.advance()
      }
    }
    self.table = table
  }

  /// A and B of every pair for one function.
  struct Weights: Sendable {
    var cosine: [Float]
    var sine: [Float]
  }

  /// α and β of every pair for up to four rows, each repeated over four lanes: row 0 α, row 0 β, row 1 α ….
  private struct Rows {
    var values: [SIMD4<Float>]

    init(pairs: Int) { values = Array(repeating: SIMD4(), count: 8 * pairs) }

    mutating func set(_ row: Int, _ weights: Weights, cosines: [Float], sines: [Float]) {
      for i in cosines.indices {
        let a = weights.cosine[i], b = weights.sine[i]
        values[8 * i + 2 * row] = SIMD4(repeating: a * cosines[i] + b * sines[i])
        values[8 * i + 2 * row + 1] = SIMD4(repeating: b * cosines[i] - a * sines[i])
      }
    }
  }

  /// Cosines and sines of the phases at the centres of blocks, stepped from block to block where one follows another.
  private struct Centres {
    private(set) var cosines: [Float]
    private(set) var sines: [Float]
    private let frequencies: [Double]
    private var turns: [SteppedTurn]
    private var next = Int.min
    private var stepsLeft = 0

    init(_ frequencies: [Double]) {
      self.frequencies = frequencies
      turns = frequencies.map { SteppedTurn(step: Double(DistanceKernel.blockLength) * $0) }
      cosines = Array(repeating: 0, count: frequencies.count)
      sines = cosines
    }

    /// To the block that starts at `start`.
    mutating func move(to start: Int) {
      if start == next, stepsLeft > 0 {
        stepsLeft -= 1
        for i in turns.indices { turns[i].advance() }
      } else {
        stepsLeft = 64
        let centre = Double(start) + Double(DistanceKernel.half) - 0.5
        for i in turns.indices { turns[i].restart(at: centre * frequencies[i]) }
      }
      next = start + DistanceKernel.blockLength
      for i in turns.indices {
        cosines[i] = Float(turns[i].cosine)
        sines[i] = Float(turns[i].sine)
      }
    }
  }

  /// One function at the blocks that start at `starts`: `blockLength` values each, one block after the other.
  func evaluate(_ weights: Weights, blocks starts: [Int]) -> [Float] {
    var values = [Float](repeating: 0, count: starts.count * Self.blockLength)
    values.withUnsafeMutableBufferPointer { values in
      var rows = Rows(pairs: frequencies.count)
      var centres = Centres(frequencies)
      for group in stride(from: 0, to: starts.count, by: 4) {
        let members = starts[group..<min(group + 4, starts.count)]
        for (row, start) in members.enumerated() {
          centres.move(to: start)
          rows.set(row, weights, cosines: centres.cosines, sines: centres.sines)
        }
        multiply(rows, count: members.count, into: values, at: group * Self.blockLength, stride: Self.blockLength)
      }
    }
    return values
  }

  /// Several functions at `0 ..< count`: each function's values follow one another, `count` rounded up to whole blocks.
  func evaluate(_ functions: [Weights], count: Int) -> (values: [Float], stride: Int) {
    let blocks = (count + Self.blockLength - 1) / Self.blockLength
    let stride = blocks * Self.blockLength
    var values = [Float](repeating: 0, count: functions.count * stride)
    values.withUnsafeMutableBufferPointer { values in
      var rows = Rows(pairs: frequencies.count)
      var centres = Centres(frequencies)
      for block in 0..<blocks {
        centres.move(to: block * Self.blockLength)
        for group in Swift.stride(from: 0, to: functions.count, by: 4) {
          let members = group..<min(group + 4, functions.count)
          for (row, function) in members.enumerated() {
            rows.set(row, functions[function], cosines: centres.cosines, sines: centres.sines)
          }
          multiply(
            rows, count: members.count, into: values, at: group * stride + block * Self.blockLength, stride: stride)
        }
      }
    }
    return (values, stride)
  }

  /// Writes the blocks of the first `count` rows, the first at `start` and each `stride` after the one before.
  private func multiply(
    _ rows: Rows, count: Int, into values: UnsafeMutableBufferPointer<Float>, at start: Int, stride: Int
  ) {
    let pairs = frequencies.count
    let raw = UnsafeMutableRawBufferPointer(values)
    func store(_ even: SIMD4<Float>, _ odd: SIMD4<Float>, row: Int, tile: Int) {
      guard row < count else { return }
      let middle = start + row * stride + Self.half
      let below = even - odd
      raw.storeBytes(of: even + odd, toByteOffset: 4 * (middle + 4 * tile), as: SIMD4<Float>.self)
      raw.storeBytes(
        of: SIMD4(below[3], below[2], below[1], below[0]), toByteOffset: 4 * (middle - 4 - 4 * tile),
        as: SIMD4<Float>.self)
    }
    table.withUnsafeBufferPointer { table in
      rows.values.withUnsafeBufferPointer { rows in
        for tile in 0..<Self.half / 4 {
          var e0 = SIMD4<Float>(), e1 = e0, e2 = e0, e3 = e0, o0 = e0, o1 = e0, o2 = e0, o3 = e0
          let first = tile * pairs * 2
          for i in 0..<pairs {
            let cosine = table[first + 2 * i], sine = table[first + 2 * i + 1]
            e0 += rows[8 * i] * cosine
            o0 += rows[8 * i + 1] * sine
            e1 += rows[8 * i + 2] * cosine
            o1 += rows[8 * i + 3] * sine
            e2 += rows[8 * i + 4] * cosine
            o2 += rows[8 * i + 5] * sine
            e3 += rows[8 * i + 6] * cosine
            o3 += rows[8 * i + 7] * sine
          }
          store(e0, o0, row: 0, tile: tile)
          store(e1, o1, row: 1, tile: tile)
          store(e2, o2, row: 2, tile: tile)
          store(e3, o3, row: 3, tile: tile)
        }
      }
    }
  }
}
