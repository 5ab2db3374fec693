import CSimulationLoops
import RealModule

/// Evaluates `f(Δ) = Σ_i A_i cos(Δθ_i) + B_i sin(Δθ_i)` at many consecutive distances for many sets of weights.
///
/// A block of 256 distances is `centre ± x` with half-integer x, so
/// `f = Σ α_i cos(xθ_i) ± β_i sin(xθ_i)` with `α = A cos(centre·θ) + B sin(centre·θ)` and
/// `β = B cos(centre·θ) − A sin(centre·θ)`: two small matrix products over tables that all blocks share. Pairs that turn
/// by less than a radian over x share a few columns: the powers of x in the series of their cosines and sines. Angles are
/// computed in float64 and stepped over few blocks, so the error stays near 1e-6 · Σ(|A| + |B|) at any distance.
struct DistanceKernel: Sendable {
  static let blockLength = 256
  private static let half = blockLength / 2

  /// The pairs that have a column of their own, then the others, which share `powerCount` columns.
  private let order: [Int]
  /// In that order.
  private let frequencies: [Double]
  private let fastCount: Int
  private let slow: [Slow]
  private let columns: Int
  /// For every tile of x and every column: the tile's cosines, then its sines; or even and odd powers of x/128.
  private let table: [Float]
  private static let tile = Int(SIMULATION_TILE)

  /// Six powers each of cosine and sine leave an error below 1/12! = 2.1e-9.
  private static let powerCount = 6

  /// A pair's terms of the series, `(−1)^k (128θ)^(2k)/(2k)!` and `(−1)^k (128θ)^(2k+1)/(2k+1)!`.
  private struct Slow: Sendable {
    var even = SIMD8<Float>()
    var odd = SIMD8<Float>()

    init(frequency: Double) {
      let angle = Double(DistanceKernel.half) * frequency
      var term = 1.0
      for k in 0..<DistanceKernel.powerCount {
        even[k] = Float(term)
        odd[k] = Float(term * angle / Double(2 * k + 1))
        let divisor = Double((2 * k + 1) * (2 * k + 2))
        term *= -(angle * angle) / divisor
      }
    }
  }

  init(frequencies: [Double]) {
    let isSlow = frequencies.map { abs($0) * Double(Self.half) <= 1 }
    let shares = isSlow.count { $0 } > Self.powerCount
    let fast = frequencies.indices.filter { !shares || !isSlow[$0] }
    let others = frequencies.indices.filter { shares && isSlow[$0] }
    order = fast + others
    fastCount = fast.count
    self.frequencies = order.map { frequencies[$0] }
    slow = others.map { Slow(frequency: frequencies[$0]) }
    let columns = fast.count + (shares ? Self.powerCount : 0)
    var table = [Float](repeating: 0, count: 2 * Self.half * columns)
    func put(_ even: Float, _ odd: Float, x: Int, column: Int) {
      let place = 2 * (x / Self.tile * columns + column) * Self.tile + x % Self.tile
      table[place] = even
      table[place + Self.tile] = odd
    }
    for (column, i) in fast.enumerated() {
      var turn = SteppedTurn(step: frequencies[i])
      for x in 0..<Self.half {
        // A step adds some 1e-16 to the error: what is rounded to float32 stays the same over so few of them.
        if x.isMultiple(of: 32) { turn.restart(at: (Double(x) + 0.5) * frequencies[i]) }
        put(Float(turn.cosine), Float(turn.sine), x: x, column: column)
        turn.advance()
      }
    }
    for x in 0..<Self.half where shares {
      let share = (Double(x) + 0.5) / Double(Self.half)
      var power = 1.0
      for k in 0..<Self.powerCount {
        put(Float(power), Float(power * share), x: x, column: fast.count + k)
        power *= share * share
      }
    }
    self.columns = columns
    self.table = table
  }

  /// A and B of every pair for one function.
  struct Weights: Sendable {
    var cosine: [Float]
    var sine: [Float]
  }

  /// Weights in the kernel's order.
  private func ordered(_ weights: Weights) -> Weights {
    Weights(cosine: order.map { weights.cosine[$0] }, sine: order.map { weights.sine[$0] })
  }

  /// α and β of every column for up to four rows: row 0 α, row 0 β, row 1 α …, each `columns` long.
  private struct Rows {
    var values: [Float]

    init(columns: Int) { values = Array(repeating: 0, count: 2 * DistanceKernel.rowsAtOnce * columns) }
  }
  private static let rowsAtOnce = Int(SIMULATION_ROWS)

  /// - Parameter weights: in the kernel's order.
  private func set(_ row: Int, of rows: inout Rows, _ weights: Weights, _ centres: Centres) {
    let first = 2 * row * columns, second = first + columns, fastCount = fastCount
    rows.values.withUnsafeMutableBufferPointer { rows in
      weights.cosine.withUnsafeBufferPointer { a in
        weights.sine.withUnsafeBufferPointer { b in
          centres.cosines.withUnsafeBufferPointer { x in
            centres.sines.withUnsafeBufferPointer { y in
              for i in 0..<fastCount {
                rows[first + i] = a[i] * x[i] + b[i] * y[i]
                rows[second + i] = b[i] * x[i] - a[i] * y[i]
              }
              guard !slow.isEmpty else { return }
              var evens = SIMD8<Float>(), odds = evens, i = fastCount
              for terms in slow {
                evens += (a[i] * x[i] + b[i] * y[i]) * terms.even
                odds += (b[i] * x[i] - a[i] * y[i]) * terms.odd
                i += 1
              }
              for power in 0..<Self.powerCount {
                rows[first + fastCount + power] = evens[power]
                rows[second + fastCount + power] = odds[power]
              }
            }
          }
        }
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
    let weights = ordered(weights)
    var values = [Float](repeating: 0, count: starts.count * Self.blockLength)
    values.withUnsafeMutableBufferPointer { values in
      var rows = Rows(columns: columns)
      var centres = Centres(frequencies)
      for group in stride(from: 0, to: starts.count, by: Self.rowsAtOnce) {
        let members = starts[group..<min(group + Self.rowsAtOnce, starts.count)]
        for (row, start) in members.enumerated() {
          centres.move(to: start)
          set(row, of: &rows, weights, centres)
        }
        multiply(rows, count: members.count, into: values, at: group * Self.blockLength, stride: Self.blockLength)
      }
    }
    return values
  }

  /// Several functions at `0 ..< count`: each function's values follow one another, `count` rounded up to whole blocks.
  func evaluate(_ functions: [Weights], count: Int) -> (values: [Float], stride: Int) {
    let functions = functions.map(ordered)
    let blocks = (count + Self.blockLength - 1) / Self.blockLength
    let stride = blocks * Self.blockLength
    var values = [Float](repeating: 0, count: functions.count * stride)
    values.withUnsafeMutableBufferPointer { values in
      var rows = Rows(columns: columns)
      var centres = Centres(frequencies)
      for block in 0..<blocks {
        centres.move(to: block * Self.blockLength)
        for group in Swift.stride(from: 0, to: functions.count, by: Self.rowsAtOnce) {
          let members = group..<min(group + Self.rowsAtOnce, functions.count)
          for (row, function) in members.enumerated() {
            set(row, of: &rows, functions[function], centres)
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
    guard let first = values.baseAddress else { return }
    simulation_even_and_odd(
      table, Self.half / Self.tile, columns, rows.values, count, first + start + Self.half, stride)
  }
}
