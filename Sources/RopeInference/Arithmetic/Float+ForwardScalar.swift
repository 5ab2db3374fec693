import CVectorLoops
import RealModule
import RopeKernel
import RopeMath
import RopeTensors

extension Float: ForwardScalar {
  public static func multiply(
    _ x: UnsafePointer<Float>, stride: Int, rows: Int, by matrix: ProductMatrix<Float>, outputs: Range<Int>,
    into y: UnsafeMutablePointer<Float>, stride target: Int
  ) {
    guard case .packed(let packed) = matrix.numbers else { return }
    packed.multiply(
      x, stride: stride, rows: rows, terms: 0..<matrix.inputs, outputs: outputs, into: y, stride: target)
  }

  public static func rootMeanSquareNorm(
    _ x: UnsafePointer<Float>, stride strideX: Int, weight: UnsafePointer<Float>, offset: Float, epsilon: Float,
    rows: Int, columns: Int, into y: UnsafeMutablePointer<Float>, stride strideY: Int
  ) {
    vector_rms_norm(x, weight, offset, epsilon, rows, columns, strideX, y, strideY)
  }

  public static func layerNorm(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>?, epsilon: Float, rows: Int,
    columns: Int, into y: UnsafeMutablePointer<Float>
  ) {
    vector_layer_norm(x, weight, bias, epsilon, rows, columns, y)
  }

  public static func activate(
    _ activation: Activation, gate: UnsafePointer<Float>, up: UnsafePointer<Float>?, count: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    switch (activation, up) {
    case (.silu, let up?): vector_gated_silu(gate, up, y, count)
    case (.geluTanh, let up): vector_gated_gelu_tanh(gate, up, y, count)
    default: PlainLoops.activate(activation, gate: gate, up: up, count: count, into: y)
    }
  }

  public static func softCap(_ x: UnsafeMutablePointer<Float>, cap: Float, count: Int) {
    vector_soft_cap(x, cap, count)
  }

  public static func add(_ y: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>, count: Int) {
    vector_add(x, y, count)
  }

  public static func softmaxStep(
    _ scores: UnsafeMutablePointer<Float>, count: Int, largest: inout Float, sum: inout Float
  ) -> Float {
    var correction: Float = 0
    vector_softmax_step(scores, 1, count, count, &largest, &sum, &correction)
    return correction
  }

  public static func widened(_ values: UnsafeBufferPointer<Float>, into result: UnsafeMutablePointer<Float>) {
    guard let base = values.baseAddress else { return }
    result.update(from: base, count: values.count)
  }

  public static func finiteNumbers(_ values: UnsafeBufferPointer<Float>) -> [Double]? {
    let numbers = values.map { Double($0) }
    return numbers.allSatisfy { $0.isFinite } ? numbers : nil
  }

  public static func referenceAttention(
    q: Tensor<Float>, k: Tensor<Float>, v: Tensor<Float>, plan: RotaryPlan, options: AttentionOptions
  ) throws(KernelError) -> Tensor<Float> {
    try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan, options: options)
  }

  public static func fastAttention(_ shape: AttentionShape, tables: PlanTables<Float>) -> (any LayerAttention<Float>)? {
    TiledAttention.canAttend(tables.plan) ? TiledAttention(shape, tables: tables) : nil
  }
}
