import RopeMath
import RopeTensors

/// The `q`, `k` and `v` of a safetensors file, all float32 or all float64, and their attention as another file.
public enum AttentionTensors: Sendable {
  case float32(q: Tensor<Float>, k: Tensor<Float>, v: Tensor<Float>)
  case float64(q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>)

  /// - Throws: `KernelError.tensor` for a missing tensor or another number type, `.mismatch` for two types in one file.
  public init(_ file: Safetensors) throws(KernelError) {
    do throws(TensorError) {
      let types = [try file.entry("q").type, try file.entry("k").type, try file.entry("v").type]
      switch types {
      case [.float32, .float32, .float32]:
        self = .float32(q: try file.floats("q"), k: try file.floats("k"), v: try file.floats("v"))
      case [.float64, .float64, .float64]:
        self = .float64(q: try file.doubles("q"), k: try file.doubles("k"), v: try file.doubles("v"))
      default:
        for (name, type) in zip(["q", "k", "v"], types) where type != .float32 && type != .float64 {
          throw TensorError.type(name: name, found: type.rawValue, expected: "F32 or F64")
        }
        let found = zip(["q", "k", "v"], types).map { "\($0) is \($1.rawValue)" }.joined(separator: ", ")
        throw TensorError.type(
          name: "q", found: "not of the type of the others (\(found))", expected: "one type for all")
      }
    } catch {
      throw .tensor(error)
    }
  }

  /// The attention under a plan, as a file that holds `out`, in the inputs' number type.
  ///
  /// - Throws: `KernelError` as `ReferenceAttention.attend` does.
  public func attended(plan: RotaryPlan, options: AttentionOptions = .init()) throws(KernelError) -> SafetensorsWriter {
    var file = SafetensorsWriter(metadata: SafetensorsWriter.ownMetadata)
    switch self {
    case .float32(let q, let k, let v):
      file.add(try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan, options: options), named: "out")
    case .float64(let q, let k, let v):
      file.add(try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan, options: options), named: "out")
    }
    return file
  }

  /// The same as a server decodes it: the first `prefill` tokens in one pass, the others one by one, in float64
  /// arithmetic, the result rounded to the inputs' type.
  ///
  /// - Throws: `KernelError` as `ReferenceAttention.decode` does.
  public func decoded(
    from prefill: Int, cache: KeyCache, method: BoundMethod, options: AttentionOptions = .init()
  ) throws(KernelError) -> SafetensorsWriter {
    func decode(_ q: Tensor<Double>, _ k: Tensor<Double>, _ v: Tensor<Double>) throws(KernelError) -> Tensor<Double> {
      try ReferenceAttention.decode(q: q, k: k, v: v, prefill: prefill, cache: cache, options: options) {
        length throws(MethodError) in try method.plan(length: length)
      }
    }
    var file = SafetensorsWriter(metadata: SafetensorsWriter.ownMetadata)
    switch self {
    case .float64(let q, let k, let v): file.add(try decode(q, k, v), named: "out")
    case .float32(let q, let k, let v):
      let out = try decode(q.converted(Double.init), k.converted(Double.init), v.converted(Double.init))
      file.add(out.converted(Float.init), named: "out")
    }
    return file
  }
}
