/// A block of numbers outside of any array, for kernels that write to parts of it from several threads.
final class Buffer<Scalar: BitwiseCopyable>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Scalar>
  let count: Int

  /// The numbers are not set.
  init(_ count: Int) {
    self.count = count
    let bytes = Swift.max(1, count) * MemoryLayout<Scalar>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Scalar.self, capacity: count)
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }

  func array() -> [Scalar] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
