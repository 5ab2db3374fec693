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
  private var head: Buffer<Scalar>?

  init(_ reader: WeightReader<Scalar>, memoryLimit: Int) {
    self.reader = reader
    keepsBlocks = reader.decoder.parameters <= memoryLimit / MemoryLayout<Scalar>.stride
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
    _ body: (_ tokens: Range<Int>, _ rows: UnsafePointer<Scalar>) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    let (vocabulary, hidden) = (reader.decoder.vocabularySize, reader.decoder.hiddenSize)
    let name = try reader.outputHeadName()
    if keepsBlocks {
      var all = lock.withLock { head }
      if all == nil {
        let expanded = Buffer<Scalar>(vocabulary * hidden)
        try reader.rows(name, 0..<vocabulary, columns: hidden, into: expanded.pointer)
        all = expanded
        lock.withLock { head = expanded }
      }
      guard let all else { return }
      for start in stride(from: 0, to: vocabulary, by: Self.headRows) {
        try body(start..<min(start + Self.headRows, vocabulary), all.pointer + start * hidden)
      }
      return
    }
    let part = Buffer<Scalar>(Self.headRows * hidden)
    for start in stride(from: 0, to: vocabulary, by: Self.headRows) {
      let rows = start..<min(start + Self.headRows, vocabulary)
      try reader.rows(name, rows, columns: hidden, into: part.pointer)
      try body(rows, part.pointer)
    }
  }
}
