import CVectorLoops
import RealModule
import RopeMath

/// A layer's attention in tiles of queries and keys with an online softmax: no matrix of all queries by all keys.
///
/// Keys are rotated once for each position function as they are appended, queries once for each band; a tile computes
/// the scores of the bands that meet it and chooses among them row by row. Tiles in which no query sees a key are
/// skipped. Keys and values are kept as products read them. Memory: the cache of `capacity` tokens and, for each worker,
/// two tiles of scores.
///
/// One query tile of one head is one piece of work, so results do not depend on the number of workers.
final class TiledAttention: LayerAttention {
  static let queryRows = 112
  static let keyColumns = 512
  /// Longest landmark block that a tile holds whole.
  static let largestBlock = 4096

  let shape: AttentionShape
  let tables: PlanTables<Float>
  /// Tokens in a panel of keys.
  static var panel: Int { ProductMatrix<Float>.panel }

  /// For each key table and key head: an output is a token, a term a feature.
  private let keys: PackedMatrices
  /// For each key head: an output is a feature, a term a token.
  private let values: PackedMatrices
  /// `m(Δ)` of each head; empty where the plan has no change of logits with distance.
  private let biases: [[Float]]
  private var sinks: [Double]?
  private var queryWeights: [Float]?
  private var rotatedQueries = Buffer<Float>(0)
  private var scratch: [TileScratch] = []

  var plan: RotaryPlan { tables.plan }

  /// Whether tiles can do what the plan asks for: all but the retrieval of landmark blocks.
  static func canAttend(_ plan: RotaryPlan) -> Bool {
    guard case .landmark(let length, let retrieved) = plan.normalisation else { return true }
    return retrieved == nil && length <= largestBlock && plan.sink == nil && plan.logitByDistance == nil
  }

  init(_ shape: AttentionShape, tables: PlanTables<Float>) {
    self.shape = shape
    self.tables = tables
    biases = (0..<shape.heads).compactMap { tables.biases(head: $0, of: shape.heads) }
    keys = PackedMatrices(
      count: tables.keyTables.count * shape.keyValueHeads, outputs: shape.capacity, terms: shape.headDimension,
      precision: shape.products)
    values = PackedMatrices(
      count: shape.keyValueHeads, outputs: shape.headDimension, terms: shape.capacity, precision: shape.products)
  }

  /// The cache needs no clearing: what is appended overwrites it, and queries read only what was appended.
  func reset(_ extras: AttentionExtras) {
    sinks = extras.sinks
    queryWeights = extras.queryWeights?.map { Float($0) }
  }

  // MARK: Rotation

  func append(
    keys newKeys: UnsafePointer<Float>, values newValues: UnsafePointer<Float>, stride: Int, tokens: Range<Int>,
    pool: WorkerPool
  ) {
    let size = shape.headDimension
    pool.run(over: tokens, by: 64) { part, _ in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { buffer in
        guard let row = buffer.baseAddress else { return }
        for token in part {
          for head in 0..<shape.keyValueHeads {
            let source = (token - tokens.lowerBound) * stride + head * size
            values.put(
              newValues + source, outputs: size, asTerm: token, isLast: token == tokens.upperBound - 1, of: head)
            for (index, table) in tables.keyTables.enumerated() {
              rotate(newKeys + source, by: table, token: token, scale: 1, into: row)
              keys.put(row, terms: size, asOutputs: token..<token + 1, of: index * shape.keyValueHeads + head)
            }
          }
        }
      }
    }
  }

  /// `[band][head][row][feature]`, with everything that multiplies whole logits.
  private func rotate(queries: UnsafePointer<Float>, stride: Int, tokens: Range<Int>, pool: WorkerPool) {
    let size = shape.headDimension, plane = tokens.count * size
    let count = tables.queryTables.count * shape.heads * plane
    if rotatedQueries.count < count { rotatedQueries = Buffer(count) }
    let base = shape.scale ?? 1 / Double(size).squareRoot()
    pool.run(over: tokens, by: 64) { part, _ in
      for token in part {
        let row = token - tokens.lowerBound
        for head in 0..<shape.heads {
          let scale = Float(tables.queryScale(at: token, head: head) * base)
          for (band, table) in tables.queryTables.enumerated() {
            let target = rotatedQueries.pointer + (band * shape.heads + head) * plane + row * size
            rotate(queries + row * stride + head * size, by: table, token: token, scale: scale, into: target)
            if let queryWeights {
              for (i, weight) in queryWeights.enumerated() { target[i] *= weight }
            }
          }
        }
      }
    }
  }

  private func rotate(
    _ x: UnsafePointer<Float>, by table: RotationTable<Float>, token: Int, scale: Float,
    into y: UnsafeMutablePointer<Float>
  ) {
    let start = token * table.pairs
    switch plan.geometry.pairing {
    case .half:
      vector_rotate_half(
        x, table.cosines.pointer + start, table.sines.pointer + start, scale, table.pairs, shape.headDimension, y)
    case .interleaved:
      vector_rotate_interleaved(
        x, table.cosines.pointer + start, table.sines.pointer + start, scale, table.pairs, shape.headDimension, y)
    }
  }

  // MARK: Attention

  func attend(
    queries: UnsafePointer<Float>, stride: Int, tokens: Range<Int>, into output: UnsafeMutablePointer<Float>,
    pool: WorkerPool
  ) throws(InferenceError) {
    rotate(queries: queries, stride: stride, tokens: tokens, pool: pool)
    while scratch.count < pool.workers {
      scratch.append(TileScratch(columns: tileColumns, features: shape.headDimension, bands: plan.bands.count))
    }
    let tiles = (tokens.count + Self.queryRows - 1) / Self.queryRows
    pool.run(tiles * shape.heads) { piece, worker in
      // Last tiles see the most keys: they go first, so that no worker is left with a long one.
      let tile = tiles - 1 - piece / shape.heads, head = piece % shape.heads
      let start = tokens.lowerBound + tile * Self.queryRows
      let rows = start..<min(start + Self.queryRows, tokens.upperBound)
      attend(rows, of: tokens, head: head, scratch[worker], into: output)
    }
  }

  /// Keys in a tile: whole landmark blocks where there are some, and an even number.
  private var tileColumns: Int {
    guard case .landmark(let length, _) = plan.normalisation else { return Self.keyColumns }
    let least = length.isMultiple(of: 2) ? length : 2 * length
    return max(1, Self.keyColumns / least) * least
  }

  private func attend(
    _ rows: Range<Int>, of tokens: Range<Int>, head: Int, _ scratch: TileScratch,
    into output: UnsafeMutablePointer<Float>
  ) {
    let size = shape.headDimension, columns = tileColumns
    let keyHead = head / (shape.heads / shape.keyValueHeads)
    scratch.begin(rows, plan: plan, isShifted: head >= shape.heads / 2, window: shape.window, chunk: shape.chunk)
    let first = scratch.lowestKey / columns * columns
    for start in Swift.stride(from: first, to: scratch.highestKey, by: columns) {
      let whole = start..<min(start + columns, rows.upperBound)
      guard let seen = scratch.visibleHull(in: whole) else { continue }
      // Landmark blocks are read whole; other tiles only as far as some query sees, from an even key on.
      let tile = plan.normalisation == .softmax ? seen.lowerBound / 2 * 2..<seen.upperBound : whole
      scratch.tile = tile
      score(tile, rows, of: tokens, head: head, keyHead: keyHead, scratch)
      if let cap = shape.softCap {
        for row in 0..<rows.count { vector_soft_cap(scratch.line(row), Float(cap), tile.count) }
      }
      changeByDistance(tile, rows, head: head, scratch)
      scratch.hideUnseen(tile)
      if case .landmark(let length, _) = plan.normalisation {
        scratch.landmarkStep(tile, rows, blockLength: length)
      } else {
        vector_softmax_step(
          scratch.line(0), rows.count, tile.count, scratch.stride, scratch.largest.pointer, scratch.sums.pointer,
          scratch.corrections.pointer)
      }
      vector_scale_rows(scratch.result.pointer, rows.count, size, scratch.corrections.pointer)
      values.multiply(
        scratch.line(0), stride: scratch.stride, rows: rows.count, terms: tile, by: keyHead, outputs: 0..<size,
        into: scratch.result.pointer, stride: size, adds: true)
    }
    let sinks = [plan.sink?.value(head: head), self.sinks?[head]].compactMap { $0.map { Float($0) } }
    for row in 0..<rows.count {
      // A sink far above all logits makes the sum infinite and the weights 0, as they are.
      let share = sinks.reduce(0) { $0 + Float.exp($1 - scratch.largest.pointer[row]) }
      let factor = 1 / (scratch.sums.pointer[row] + share)
      let target = output + (rows.lowerBound - tokens.lowerBound + row) * shape.heads * size + head * size
      for i in 0..<size { target[i] = scratch.result.pointer[row * size + i] * factor }
    }
  }

  /// `a(Δ)·score + m(Δ)` of the pairs of a tile in which the key is not later than the query.
  private func changeByDistance(_ tile: Range<Int>, _ rows: Range<Int>, head: Int, _ scratch: TileScratch) {
    guard let multipliers = tables.multipliers, biases.indices.contains(head) else { return }
    biases[head].withUnsafeBufferPointer { biases in
      multipliers.withUnsafeBufferPointer { multipliers in
        for (row, p) in rows.enumerated() {
          let line = scratch.line(row)
          for r in tile.lowerBound..<min(tile.upperBound, p + 1) {
            line[r - tile.lowerBound] = multipliers[p - r] * line[r - tile.lowerBound] + biases[p - r]
          }
        }
      }
    }
  }

  /// Scores of a tile, `[row][key]`: those of the band that each pair falls in, with added bands joined.
  private func score(
    _ tile: Range<Int>, _ rows: Range<Int>, of tokens: Range<Int>, head: Int, keyHead: Int, _ scratch: TileScratch
  ) {
    var partial: [Int] = []  // bands that hold some of the pairs, in order
    var whole: Int?  // the band that holds all that is left
    for (index, band) in plan.bands.enumerated() {
      if whole != nil, !band.isAdded { continue }
      switch scratch.coverage(of: index, in: tile) {
      case .none: continue
      case .all where !band.isAdded: whole = index
      default: partial.append(index)
      }
    }
    if let whole {
      product(whole, tile, rows, of: tokens, head: head, keyHead: keyHead, into: scratch.scores, stride: scratch.stride)
    } else {
      for row in 0..<rows.count { scratch.line(row).update(repeating: 0, count: tile.count) }
    }
    // The first band that holds a pair decides, so it is written last; sums come after all choices.
    for index in partial.reversed() where !plan.bands[index].isAdded {
      product(index, tile, rows, of: tokens, head: head, keyHead: keyHead, into: scratch.other, stride: scratch.stride)
      scratch.place(index, tile, adds: false)
    }
    for index in partial where plan.bands[index].isAdded {
      product(index, tile, rows, of: tokens, head: head, keyHead: keyHead, into: scratch.other, stride: scratch.stride)
      scratch.place(index, tile, adds: true)
    }
  }

  private func product(
    _ band: Int, _ tile: Range<Int>, _ rows: Range<Int>, of tokens: Range<Int>, head: Int, keyHead: Int,
    into scores: Buffer<Float>, stride: Int
  ) {
    let size = shape.headDimension
    let tileQueries =
      rotatedQueries.pointer
      + ((band * shape.heads + head) * tokens.count + rows.lowerBound - tokens.lowerBound) * size
    // Whole panels; what they hold beyond the tile is not read.
    let first = tile.lowerBound / Self.panel * Self.panel
    let columns = (tile.upperBound - first + Self.panel - 1) / Self.panel * Self.panel
    keys.multiply(
      tileQueries, stride: size, rows: rows.count, terms: 0..<size,
      by: tables.keyTableOfBand[band] * shape.keyValueHeads + keyHead, outputs: first..<first + columns,
      into: scores.pointer, stride: stride)
  }
}
