import CVectorLoops
import RealModule
import RopeKernel
import RopeMath
import RopeTensors

extension Double: ForwardScalar {
  public static func multiply(
    _ x: UnsafePointer<Double>, stride: Int, rows: Int, by matrix: ProductMatrix<Double>, outputs: Range<Int>,
    into y: UnsafeMutablePointer<Double>, stride target: Int
  ) {
    guard case .rows(let weights) = matrix.numbers else { return }
    product_float64(
      x, stride, weights.pointer + outputs.lowerBound * matrix.inputs, y, target, rows, outputs.count, matrix.inputs)
  }

  public static func rootMeanSquareNorm(
    _ x: UnsafePointer<Double>, stride strideX: Int, weight: UnsafePointer<Double>, offset: Double, epsilon: Double,
    rows: Int, columns: Int, into y: UnsafeMutablePointer<Double>, stride strideY: Int
  ) {
    let weight = Array(UnsafeBufferPointer(start: weight, count: columns))
    for row in 0..<rows {
      let line = Array(UnsafeBufferPointer(start: x + row * strideX, count: columns))
      let result = PlainLoops.rootMeanSquareNorm(line, weight: weight, offset: offset, epsilon: epsilon)
      (y + row * strideY).update(from: result, count: columns)
    }
  }

  public static func layerNorm(
    _ x: UnsafePointer<Double>, weight: UnsafePointer<Double>, bias: UnsafePointer<Double>?, epsilon: Double, rows: Int,
    columns: Int, into y: UnsafeMutablePointer<Double>
  ) {
    let weight = Array(UnsafeBufferPointer(start: weight, count: columns))
    let bias = bias.map { Array(UnsafeBufferPointer(start: $0, count: columns)) }
    for row in 0..<rows {
      let line = Array(UnsafeBufferPointer(start: x + row * columns, count: columns))
      let result = PlainLoops.layerNorm(line, weight: weight, bias: bias, epsilon: epsilon)
      (y + row * columns).update(from: result, count: columns)
    }
  }

  public static func activate(
    _ activation: Activation, gate: UnsafePointer<Double>, up: UnsafePointer<Double>?, count: Int,
    into y: UnsafeMutablePointer<Double>
  ) {
    PlainLoops.activate(activation, gate: gate, up: up, count: count, into: y)
  }

  public static func softCap(_ x: UnsafeMutablePointer<Double>, cap: Double, count: Int) {
    for i in 0..<count { x[i] = PlainLoops.softCap(x[i], cap: cap) }
  }

  public static func add(_ y: UnsafePointer<Double>, to x: UnsafeMutablePointer<Double>, count: Int) {
    for i in 0..<count { x[i] += y[i] }
  }

  public static func softmaxStep(
    _ scores: UnsafeMutablePointer<Double>, count: Int, largest: inout Double, sum: inout Double
  ) -> Double {
    var row = Array(UnsafeBufferPointer(start: scores, count: count))
    let correction = PlainLoops.softmaxStep(&row, largest: &largest, sum: &sum)
    scores.update(from: row, count: count)
    return correction
  }

  public static func widened(_ values: UnsafeBufferPointer<Float>, into result: UnsafeMutablePointer<Double>) {
    for (i, value) in values.enumerated() { result[i] = Double(value) }
  }

  public static func finiteNumbers(_ values: UnsafeBufferPointer<Double>) -> [Double]? {
    values.allSatisfy { $0.isFinite } ? Array(values) : nil
  }

  public static func referenceAttention(
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>, plan: RotaryPlan, options: AttentionOptions
  ) throws(KernelError) -> Tensor<Double> {
    try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan, options: options)
  }

  public static func fastAttention(
    _ shape: AttentionShape, tables: PlanTables<Double>
  ) -> (any LayerAttention<Double>)? { nil }
}
