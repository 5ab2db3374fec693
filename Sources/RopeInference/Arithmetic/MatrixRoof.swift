import COpenBLAS

/// The work by which a machine's speed at matrix products is measured: what no forward pass can exceed.
public struct MatrixRoof: Sendable {
  /// Rows, columns and inner size of each worker's product; large enough that packing does not count.
  public static let size = 1536

  private let pool: WorkerPool
  private let a = Buffer<Float>(size * size)
  private let b = Buffer<Float>(size * size)
  private let results: [Buffer<Float>]

  /// - Parameter workers: threads, each with a product of its own; nil for one a processor.
  public init(workers: Int? = nil) {
    pool = WorkerPool(workers: workers)
    results = (0..<pool.workers).map { _ in Buffer(Self.size * Self.size) }
    for i in 0..<Self.size * Self.size {
      a.pointer[i] = Float(i % 7) - 3
      b.pointer[i] = Float(i % 5) - 2
    }
  }

  /// Floating-point operations of a run.
  public var operations: Double {
    let size = Double(Self.size)
    return 2 * size * size * size * Double(pool.workers)
  }

  /// The library of the products and the processor that it was told, or found, to run on: `OpenBLAS, Haswell`. The
  /// variable `OPENBLAS_CORETYPE` sets it; one that is older than the processor costs speed.
  public static var library: String { "OpenBLAS, " + String(cString: openblas_get_corename()) }

  /// One product on every worker at once.
  public func run() {
    let size = Self.size
    pool.run(pool.workers) { piece, _ in
      Float.multiplyByTransposed(
        a.pointer, stride: size, b.pointer, into: results[piece].pointer, stride: size, rows: size, columns: size,
        inner: size)
    }
  }
}
