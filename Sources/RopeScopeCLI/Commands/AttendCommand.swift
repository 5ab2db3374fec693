import ArgumentParser
import RopeKernel
import RopeMath
import RopeReport
import RopeTensors

/// `ropescope attend`: the plain kernel on tensors of one's own.
struct AttendCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "attend", abstract: "Compute attention under any method, from safetensors to safetensors.",
    discussion: """
      EXAMPLES:
        ropescope attend qkv.safetensors --method yarn:factor=4 --trained-length 4096 -o out.safetensors
        ropescope attend qkv.safetensors --method self-extend:window=8,group=4 --trained-length 32 -o out.safetensors
        ropescope attend qkv.safetensors --method dynamic --trained-length 32 --decode-from 16 --cache stale -o out.safetensors

      IN holds q [heads, n, head_dim], k and v [kv_heads, n, head_dim], float32 or float64, un-rotated; OUT holds out
      [heads, n, head_dim]. Attention is causal.
      """)

  @Argument(help: "A safetensors file with q, k and v.", completion: .file(extensions: ["safetensors"]))
  var input: String

  @Option(help: "A method as SPEC.", completion: Completions.specifications)
  var method: String = "none"

  @Option(help: "RoPE base.")
  var base: Double = 10_000

  @Option(help: "Features of a head that are rotated; all where left out.")
  var rotaryDim: Int?

  @Option(length: "Tokens that the model was trained on; the sequence's own number where left out.")
  var trainedLength: LengthArgument?

  @Option(
    length:
      "Tokens that the method's defaults are made for; the sequence's own number where left out.",
    names: ["target", "target-length"])
  var target: LengthArgument?

  @Option(help: "half or interleaved: which features make a pair.")
  var pairing: PairLayout = .half

  @Option(help: "Multiplier of logits; 1/√head_dim where left out.")
  var scale: Double?

  @Option(help: "Cap c of logits, c·tanh(x/c).")
  var softCap: Double?

  @Option(help: "Keys that a query sees, its own included; all where left out.")
  var slidingWindow: Int?

  @Option(help: "Decode token by token after this many, as a server does; one pass where left out.")
  var decodeFrom: Int?

  @Option(help: "While decoding: fresh (keys rotated anew at each length) or stale (as they were cached).")
  var cache: KeyCache = .fresh

  @Option(name: [.customShort("o"), .customLong("output")], help: "The safetensors file to write.")
  var file: String

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = writing.outputs(reading: [.file(input)] + CommandInput.methods([method]))
    try outputs.expect(file)
    let inputs: Safetensors
    do throws(TensorError) { inputs = try TensorFile.open(input) } catch { throw error.located(in: input) }
    let tensors = try AttentionTensors(inputs)
    let (width, count) = try Self.sizes(of: tensors)
    let geometry = try RotaryGeometry(
      headDimension: width, rotaryDimension: rotaryDim, base: base, pairing: pairing,
      trainedLength: trainedLength?.tokens ?? count)
    guard let specification = try MethodSpecification.parseList(method, loadNumbers: NumberFile.load).first else {
      throw Failure.usage("--method is empty; write a SPEC such as yarn:factor=4")
    }
    let bound = try BoundMethod(
      specification.replacingConfiguration(with: nil),
      context: MethodContext(
        geometry: geometry, targetLength: target?.tokens ?? count, resources: TensorFile.methodResources))
    let options = AttentionOptions(scale: scale, softCap: softCap, slidingWindow: slidingWindow)
    let result: SafetensorsWriter
    if let decodeFrom {
      result = try tensors.decoded(from: decodeFrom, cache: cache, method: bound, options: options)
    } else {
      result = try tensors.attended(plan: bound.plan(length: count), options: options)
    }
    try outputs.add(result.bytes, to: file)
    try outputs.commit()
    output.note("wrote \(file)", console)
    return .clean
  }

  /// Features of a head and tokens.
  ///
  /// - Throws: `KernelError.rank` for the first tensor that has not three axes, none of them empty.
  private static func sizes(of tensors: AttentionTensors) throws(KernelError) -> (width: Int, count: Int) {
    let shapes: [(name: String, shape: [Int])]
    switch tensors {
    case .float32(let q, let k, let v): shapes = [("q", q.shape), ("k", k.shape), ("v", v.shape)]
    case .float64(let q, let k, let v): shapes = [("q", q.shape), ("k", k.shape), ("v", v.shape)]
    }
    for (name, shape) in shapes where shape.count != 3 || shape.contains(0) {
      throw .rank(tensor: name, shape: shape)
    }
    return (shapes[0].shape[2], shapes[1].shape[1])
  }
}

extension PairLayout: ExpressibleByArgument {}
extension KeyCache: ExpressibleByArgument {}
