import RopeKernel
import RopeMath
import RopeTensors

/// A number type with the row operations that a forward pass is made of.
///
/// Float32 has them as vector loops, float64 in plain ones.
public protocol ForwardScalar: KernelScalar, BitwiseCopyable {
  /// See `ProductMatrix.multiply`.
  static func multiply(
    _ x: UnsafePointer<Self>, stride: Int, rows: Int, by matrix: ProductMatrix<Self>, outputs: Range<Int>,
    into y: UnsafeMutablePointer<Self>, stride target: Int)

  static func rootMeanSquareNorm(
    _ x: UnsafePointer<Self>, stride strideX: Int, weight: UnsafePointer<Self>, offset: Self, epsilon: Self, rows: Int,
    columns: Int, into y: UnsafeMutablePointer<Self>, stride strideY: Int)

  static func layerNorm(
    _ x: UnsafePointer<Self>, weight: UnsafePointer<Self>, bias: UnsafePointer<Self>?, epsilon: Self, rows: Int,
    columns: Int, into y: UnsafeMutablePointer<Self>)

  /// `y = activation(gate) · up`, or without `up` the activation alone.
  static func activate(
    _ activation: Activation, gate: UnsafePointer<Self>, up: UnsafePointer<Self>?, count: Int,
    into y: UnsafeMutablePointer<Self>)

  static func softCap(_ x: UnsafeMutablePointer<Self>, cap: Self, count: Int)

  /// `x += y`.
  static func add(_ y: UnsafePointer<Self>, to x: UnsafeMutablePointer<Self>, count: Int)

  /// One step of an online softmax over one row; see `PlainLoops.softmaxStep`.
  static func softmaxStep(
    _ scores: UnsafeMutablePointer<Self>, count: Int, largest: inout Self, sum: inout Self
  ) -> Self

  /// The numbers of float32 weights.
  static func widened(_ values: UnsafeBufferPointer<Float>, into result: UnsafeMutablePointer<Self>)

  /// The numbers in float64; nil where one of them is not finite. Asked a row at a time: a vocabulary has many numbers.
  static func finiteNumbers(_ values: UnsafeBufferPointer<Self>) -> [Double]?

  static func referenceAttention(
    q: Tensor<Self>, k: Tensor<Self>, v: Tensor<Self>, plan: RotaryPlan, options: AttentionOptions
  ) throws(KernelError) -> Tensor<Self>

  /// The fast attention of this type for one layer; nil where only the reference does it.
  static func fastAttention(_ shape: AttentionShape, tables: PlanTables<Self>) -> (any LayerAttention<Self>)?
}
