import Foundation

/// Hands out expanded layers and experts: kept where all of them fit a limit, expanded anew at each use where they do not.
final class WeightStore<Scalar: ForwardScalar>: @unchecked Sendable {
  let reader: WeightReader<Scalar>
  let keepsBlocks: Bool
  /// Rows of the output head that are expanded at a time.
  static var headRows: Int { 2048 }

  private struct ExpertKey: Hashable {
    let layer: Int
    let expert: Int
  }

  private let lock = NSLock()
  private var blocks: [Int: BlockWeights<Scalar>] = [:]
  private var experts: [ExpertKey: BlockWeights<Scalar>.FeedForward] = [:]
  private var head: [ProductMatrix<Scalar>] = []

  init(_ reader: WeightReader<Scalar>, memoryLimit: Int) {
    self.reader = reader
    let bytes = reader.precision == .bfloat16 ? MemoryLayout<UInt16>.stride : MemoryLayout<Scalar>.stride
    keepsBlocks = reader.decoder.parameters <= memoryLimit / bytes
  }

  func block(_ layer: Int) throws(InferenceError) -> BlockWeights<Scalar> {
    if let known = lock.withLock({ blocks[layer] }) { return known }
    let block = try reader.block(layer)
    if keepsBlocks { lock.withLock { blocks[layer] = block } }
    return block
  }

  func expert(_ expert: Int, of layer: Int) throws(InferenceError) -> BlockWeights<Scalar>.FeedForward {
    let key = ExpertKey(layer: layer, expert: expert)
    if let known = lock.withLock({ experts[key] }) { return known }
    let weights = try reader.expert(layer, expert)
    if keepsBlocks { lock.withLock { experts[key] = weights } }
    return weights
  }

  /// Calls `body` for consecutive parts of the output head.
  func forEachHeadPart(
    _ body: (_ tokens: Range<Int>, _ weights: ProductMatrix<Scalar>) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    let (vocabulary, hidden) = (reader.decoder.vocabularySize, reader.decoder.hiddenSize)
    let name = try reader.outputHeadName()
    var known = lock.withLock { head }
    let isKnown = !known.isEmpty
    for (index, start) in stride(from: 0, to: vocabulary, by: Self.headRows).enumerated() {
      let tokens = start..<min(start + Self.headRows, vocabulary)
      if !isKnown {
        let rows = Buffer<Scalar>(tokens.count * hidden)
        try reader.rows(name, tokens, columns: hidden, into: rows.pointer)
        known.append(reader.product(rows, columns: hidden))
      }
      try body(tokens, known[keepsBlocks ? index : 0])
      if !keepsBlocks { known = [] }
    }
    if keepsBlocks { lock.withLock { head = known } }
  }
}
