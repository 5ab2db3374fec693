import Foundation

/// Hands out expanded blocks: kept where all of them fit a limit, expanded anew at each use where they do not.
final class WeightStore<Scalar: ForwardScalar>: @unchecked Sendable {
  let reader: WeightReader<Scalar>
  let keepsBlocks: Bool
  /// Rows of the output head that are expanded at a time.
  static var headRows: Int { 2048 }

  private let lock = NSLock()
  private var blocks: [Int: BlockWeights<Scalar>] = [:]
  private var head: Buffer<Scalar>?

  init(_ reader: WeightReader<Scalar>, memoryLimit: Int) {
    self.reader = reader
    let architecture = reader.architecture
    let numbers = architecture.operationsPerToken / 2 + architecture.vocabularySize * architecture.hiddenSize
    keepsBlocks = numbers <= memoryLimit / MemoryLayout<Scalar>.stride
  }

  func block(_ layer: Int) throws(InferenceError) -> BlockWeights<Scalar> {
    lock.lock()
    let known = blocks[layer]
    lock.unlock()
    if let known { return known }
    let block = try reader.block(layer)
    guard keepsBlocks else { return block }
    lock.lock()
    blocks[layer] = block
    lock.unlock()
    return block
  }

  /// Calls `body` for consecutive parts of the output head.
  func forEachHeadPart(
    _ body: (_ tokens: Range<Int>, _ rows: UnsafePointer<Scalar>) throws(InferenceError) -> Void
  ) throws(InferenceError) {
    let (vocabulary, hidden) = (reader.architecture.vocabularySize, reader.architecture.hiddenSize)
    let name = try reader.outputHeadName()
    if keepsBlocks {
      lock.lock()
      var all = head
      lock.unlock()
      if all == nil {
        let expanded = Buffer<Scalar>(vocabulary * hidden)
        try reader.rows(name, 0..<vocabulary, columns: hidden, into: expanded.pointer)
        all = expanded
        lock.lock()
        head = expanded
        lock.unlock()
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
