import RopeConfig
import RopeInference
import RopeJSON
import RopeMath
import RopeTensors
import RopeTestSupport

/// A small model of any family with random weights under Hugging Face names.
struct RandomModel {
  let resolved: Reading
  let decoder: Decoder
  var tensors: [String: Tensor<Float>]

  static let sizes = (vocabulary: 50, hidden: 24, inner: 40, layers: 2, heads: 4, keyHeads: 2, head: 8)

  /// - Parameter config: further keys of the configuration, as JSON members.
  init(family: String, config: String = "", seed: UInt64 = 5) throws {
    let s = Self.sizes, isNeoX = family == "gpt_neox"
    let json = """
      {"model_type": "\(family)", "vocab_size": \(s.vocabulary), "hidden_size": \(s.hidden), "head_dim": \(s.head),
       "intermediate_size": \(s.inner), "num_hidden_layers": \(s.layers), "num_attention_heads": \(s.heads),
       "num_key_value_heads": \(isNeoX ? s.heads : s.keyHeads),
       \(config)\(config.isEmpty ? "" : ",") "max_position_embeddings": 64}
      """
    let declaration = try Declaration(SourceText(bytes: Array(json.utf8), path: "config.json"))
    resolved = try RuntimeCatalogue.reference.read(declaration, source: "config.json", name: family)
    decoder = try Decoder(resolved)
    tensors = [:]
    var generator = SeededGenerator(seed: seed)
    let queries = s.heads * s.head, keys = (isNeoX ? s.heads : s.keyHeads) * s.head
    func add(_ name: String, _ shape: [Int], around centre: Double = 0) throws {
      let values = (0..<shape.reduce(1, *)).map { _ in Float(centre + (generator.nextUniform() - 0.5) * 0.6) }
      tensors[name] = try Tensor(shape: shape, values: values)
    }
    func norm(_ name: String, _ size: Int) throws {
      try add(name + ".weight", [size], around: 1)
      if isNeoX { try add(name + ".bias", [size]) }
    }
    func matrix(_ name: String, _ rows: Int, _ columns: Int, bias: Bool = false) throws {
      try add(name + ".weight", [rows, columns])
      if bias { try add(name + ".bias", [rows]) }
    }
    if isNeoX {
      try matrix("gpt_neox.embed_in", s.vocabulary, s.hidden)
      try matrix("embed_out", s.vocabulary, s.hidden)
      try norm("gpt_neox.final_layer_norm", s.hidden)
      for layer in 0..<s.layers {
        let prefix = "gpt_neox.layers.\(layer)."
        try norm(prefix + "input_layernorm", s.hidden)
        try norm(prefix + "post_attention_layernorm", s.hidden)
        try matrix(prefix + "attention.query_key_value", 3 * queries, s.hidden, bias: true)
        try matrix(prefix + "attention.dense", s.hidden, queries, bias: true)
        try matrix(prefix + "mlp.dense_h_to_4h", s.inner, s.hidden, bias: true)
        try matrix(prefix + "mlp.dense_4h_to_h", s.hidden, s.inner, bias: true)
      }
      return
    }
    try matrix("model.embed_tokens", s.vocabulary, s.hidden)
    try matrix("lm_head", s.vocabulary, s.hidden)
    try norm("model.norm", s.hidden)
    for layer in 0..<s.layers {
      let prefix = "model.layers.\(layer)."
      try norm(prefix + "input_layernorm", s.hidden)
      try norm(prefix + "post_attention_layernorm", s.hidden)
      if family == "qwen3" {
        try norm(prefix + "self_attn.q_norm", s.head)
        try norm(prefix + "self_attn.k_norm", s.head)
      }
      try matrix(prefix + "self_attn.q_proj", queries, s.hidden)
      try matrix(prefix + "self_attn.k_proj", keys, s.hidden)
      try matrix(prefix + "self_attn.v_proj", keys, s.hidden)
      try matrix(prefix + "self_attn.o_proj", s.hidden, queries)
      try matrix(prefix + "mlp.gate_proj", s.inner, s.hidden)
      try matrix(prefix + "mlp.up_proj", s.inner, s.hidden)
      try matrix(prefix + "mlp.down_proj", s.hidden, s.inner)
    }
  }

  /// The same tensors with some joined into one, row after row.
  mutating func join(_ names: [String], as joined: String) throws {
    let parts = names.compactMap { tensors.removeValue(forKey: $0) }
    tensors[joined] = try Tensor(
      shape: [parts.reduce(0) { $0 + $1.shape[0] }] + parts[0].shape.dropFirst(), values: parts.flatMap(\.values))
  }

  /// Phi-3's layout: one matrix for queries, keys and values, one for gate and up.
  mutating func fuseProjections() throws {
    for layer in 0..<Self.sizes.layers {
      let attention = "model.layers.\(layer).self_attn.", inner = "model.layers.\(layer).mlp."
      try join(["q_proj", "k_proj", "v_proj"].map { attention + $0 + ".weight" }, as: attention + "qkv_proj.weight")
      try join(["gate_proj", "up_proj"].map { inner + $0 + ".weight" }, as: inner + "gate_up_proj.weight")
    }
  }

  func logits<Scalar: ForwardScalar>(
    _ type: Scalar.Type, _ tokens: [Int], method: String = "none", kernel: RunOptions.Kernel = .fast, chunk: Int = 16,
    memoryLimit: Int = 1 << 30, workers: Int? = nil
  ) throws -> [[Double]] {
    let model = try Transformer<Scalar>(
      decoder, weights: MemoryWeights(tensors), resolved: resolved, memoryLimit: memoryLimit, workers: workers)
    var rows: [[Double]] = []
    let plans = try plans(method, length: tokens.count)
    let options = RunOptions(kernel: kernel, chunk: chunk)
    try model.forEachLogits(of: tokens, plans: plans, at: 0..<tokens.count, options: options) { rows.append($1) }
    return rows
  }

  func planner(_ method: String, target: Int) throws -> MethodPlanner {
    try MethodPlanner(MethodSpecification.parse(method), model: resolved, targetLength: target)
  }

  func plans(_ method: String, length: Int) throws -> LayerPlans {
    try planner(method, target: length).plans(length: length)
  }

  static func tokens(_ count: Int, seed: UInt64 = 8) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Int(generator.next() % UInt64(sizes.vocabulary)) }
  }
}
