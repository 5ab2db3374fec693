import CVectorLoops

/// The work by which a machine's speed at matrix products is measured: what no forward pass can exceed.
public struct MatrixRoof: Sendable {
  /// Inputs and outputs of the matrix, and rows of each worker's product.
  public static let size = 768
  private static let repetitions = 4

  private let pool: WorkerPool
  private let rows = Buffer<Float>(size * size)
  private let matrix: ProductMatrix<Float>
  private let results: [Buffer<Float>]

  /// - Parameter workers: threads, each with a product of its own; nil for one a processor.
  public init(workers: Int? = nil, products: ProductPrecision = .full) {
    pool = WorkerPool(workers: workers)
    results = (0..<pool.workers).map { _ in Buffer(Self.size * Self.size) }
    let weights = Buffer<Float>(Self.size * Self.size)
    for i in 0..<weights.count {
      rows.pointer[i] = Float(i % 7) - 3
      weights.pointer[i] = Float(i % 5) - 2
    }
    matrix = ProductMatrix(weights, inputs: Self.size, precision: products)
  }

  /// Floating-point operations of a run.
  public var operations: Double {
    let size = Double(Self.size)
    return 2 * size * size * size * Double(pool.workers * Self.repetitions)
  }

  /// A few products on every worker at once.
  public func run() {
    pool.run(pool.workers) { piece, _ in
      for _ in 0..<Self.repetitions {
        matrix.multiply(
          rows.pointer, stride: Self.size, rows: Self.size, into: results[piece].pointer, stride: Self.size)
      }
    }
  }
}
