import RealModule
import RopeKernel
import RopeMath
import RopeTensors

/// A layer's attention by the plain kernel.
final class PlainAttention<Scalar: ForwardScalar>: LayerAttention {
  private let shape: AttentionShape
  private let plan: RotaryPlan
  private var extras = AttentionExtras.none
  /// Head by head, a token after another.
  private var keys: [[Scalar]]
  private var values: [[Scalar]]

  init(_ shape: AttentionShape, plan: RotaryPlan) {
    self.shape = shape
    self.plan = plan
    keys = Array(repeating: [], count: shape.keyValueHeads)
    values = keys
  }

  func reset(_ extras: AttentionExtras) {
    self.extras = extras
    for head in keys.indices {
      keys[head].removeAll(keepingCapacity: true)
      values[head].removeAll(keepingCapacity: true)
    }
  }

  func append(
    keys newKeys: UnsafePointer<Scalar>, values newValues: UnsafePointer<Scalar>, stride: Int, tokens: Range<Int>,
    pool: WorkerPool
  ) {
    let size = shape.headDimension
    for head in 0..<shape.keyValueHeads {
      // What was there from these tokens on is another text's.
      keys[head].removeLast(max(0, keys[head].count - tokens.lowerBound * size))
      values[head].removeLast(max(0, values[head].count - tokens.lowerBound * size))
      for row in 0..<tokens.count {
        let start = row * stride + head * size
        keys[head].append(contentsOf: UnsafeBufferPointer(start: newKeys + start, count: size))
        values[head].append(contentsOf: UnsafeBufferPointer(start: newValues + start, count: size))
      }
    }
  }

  func attend(
    queries: UnsafePointer<Scalar>, stride: Int, tokens: Range<Int>, into output: UnsafeMutablePointer<Scalar>,
    pool: WorkerPool
  ) throws(InferenceError) {
    let (heads, size, count) = (shape.heads, shape.headDimension, tokens.count)
    var q: [Scalar] = []
    for head in 0..<heads {
      for row in 0..<count {
        q.append(contentsOf: UnsafeBufferPointer(start: queries + row * stride + head * size, count: size))
      }
    }
    var options = AttentionOptions(scale: shape.scale, softCap: shape.softCap, slidingWindow: shape.window)
    options.chunk = shape.chunk
    options.rotatedQueryWeights = extras.queryWeights
    let plan = try planWithSinks()
    let kept = [shape.keyValueHeads, tokens.upperBound, size]
    // The chunk's later keys are there already where only its first queries are asked.
    func seen(_ rows: [[Scalar]]) -> [Scalar] { rows.flatMap { $0.prefix(tokens.upperBound * size) } }
    do throws(KernelError) {
      let result = try Scalar.referenceAttention(
        q: tensor([heads, count, size], q), k: tensor(kept, seen(keys)), v: tensor(kept, seen(values)), plan: plan,
        options: options)
      for head in 0..<heads {
        for row in 0..<count {
          let from = (head * count + row) * size
          for i in 0..<size { output[row * heads * size + head * size + i] = result.values[from + i] }
        }
      }
    } catch {
      throw .kernel(error)
    }
  }

  /// The plan with the layer's own sinks beside its own: two logits in one denominator are one.
  private func planWithSinks() throws(InferenceError) -> RotaryPlan {
    guard let own = extras.sinks else { return plan }
    var plan = plan
    plan.sink = HeadValues(
      own.enumerated().map { head, logit in
        guard let other = self.plan.sink?.value(head: head) else { return logit }
        return max(logit, other) + .log(onePlus: .exp(-abs(logit - other)))
      })
    guard plan.sink != nil else { throw .unsupported("the sinks of a layer are not finite numbers") }
    return plan
  }

  private func tensor(_ shape: [Int], _ values: [Scalar]) throws(KernelError) -> Tensor<Scalar> {
    do { return try Tensor(shape: shape, values: values) } catch { throw .tensor(error) }
  }
}
