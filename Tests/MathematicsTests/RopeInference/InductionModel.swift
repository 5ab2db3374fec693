import RealModule
import RopeConfig
import RopeInference
import RopeJSON
import RopeMath
import RopeTensors
import RopeTestSupport

/// A model that knows the answer by construction: it goes on with what followed the last token where that token stood
/// before. Its weights are written here.
///
/// Words are tokens. Layer 1 looks one token back, by its fast pairs alone: their logit is `A·Σcos θ_i(Δ − 1)`, largest at
/// Δ = 1. Layer 2 looks for the place whose previous token is the present one, by codes in its slowest pairs, which hardly
/// turn; one pair of a middling wavelength adds `B·cos θΔ`, which favours what is near. Within the trained length, a
/// quarter of that pair's turn, a match outweighs it; twice as far the pair has turned against the match, and what does
/// not match but is near wins. A method that brings that pair back and keeps the fast ones brings the match back.
struct InductionModel {
  static let trainedLength = 512
  private static let codeSize = 96
  private static let headSize = 128
  /// Own code, the previous token's, the answer's, and a constant.
  private static let hidden = 3 * codeSize + 4
  private static let vocabulary = 16_384

  let resolved: Reading
  let language: any LanguageModel
  let words = Words()

  /// Words by number, in the order in which they are met.
  final class Words: @unchecked Sendable {
    private var numbers: [Substring: Int] = [:]
    private var texts: [String] = []

    func encode(_ text: String) -> [Int] {
      text.split { $0.isWhitespace }.map { word in
        if let known = numbers[word] { return known }
        numbers[word] = texts.count
        texts.append(String(word))
        return texts.count - 1
      }
    }

    func decode(_ ids: [Int]) -> String {
      ids.map { texts.indices.contains($0) ? texts[$0] : "?" }.joined(separator: " ")
    }
  }

  var source: EvaluationSource {
    EvaluationSource(encode: { [words] in words.encode($0) }, decode: { [words] in words.decode($0) })
  }

  init() throws {
    let base = 1e16
    let json = """
      {"model_type": "llama", "vocab_size": \(Self.vocabulary), "hidden_size": \(Self.hidden), "head_dim": \(Self.headSize),
       "intermediate_size": 4, "num_hidden_layers": 2, "num_attention_heads": 1, "num_key_value_heads": 1,
       "rope_theta": \(base), "max_position_embeddings": \(Self.trainedLength), "rms_norm_eps": 1e-9}
      """
    let declaration = try Declaration(SourceText(bytes: Array(json.utf8), path: "config.json"))
    resolved = try RuntimeCatalogue.reference.read(declaration, source: "config.json", name: "induction")
    var tensors: [String: Tensor<Float>] = [:]
    var generator = SeededGenerator(seed: 11)
    let n = Self.codeSize, hidden = Self.hidden, half = Self.headSize / 2
    let codes = (0..<Self.vocabulary).map { _ in (0..<n).map { _ in generator.next() % 2 == 0 ? Float(1) : -1 } }
    func matrix(_ name: String, _ rows: Int, _ columns: Int, _ entries: [(row: Int, column: Int, value: Double)]) throws
    {
      var values = [Float](repeating: 0, count: rows * columns)
      for entry in entries { values[entry.row * columns + entry.column] += Float(entry.value) }
      tensors[name] = try Tensor(shape: [rows, columns], values: values)
    }
    let constant = 3 * n
    var embedding = [Float](repeating: 0, count: Self.vocabulary * hidden), head = embedding
    for token in 0..<Self.vocabulary {
      for feature in 0..<n {
        embedding[token * hidden + feature] = codes[token][feature]
        // The answer is the token whose code the third slot holds.
        head[token * hidden + 2 * n + feature] = codes[token][feature]
      }
      for feature in constant..<hidden { embedding[token * hidden + feature] = 1 }
    }
    tensors["model.embed_tokens.weight"] = try Tensor(shape: [Self.vocabulary, hidden], values: embedding)
    tensors["lm_head.weight"] = try Tensor(shape: [Self.vocabulary, hidden], values: head)
    tensors["model.norm.weight"] = try Tensor(shape: [hidden], values: [Float](repeating: 1, count: hidden))
    let frequency: (Int) -> Double = { .pow(base, -Double($0) / Double(half)) }
    // A norm of ones makes root mean square 1: of m numbers ±1 in `hidden`, each is √(hidden/m) after it.
    let first = (Double(hidden) / Double(n + 4)).squareRoot(),
      second = (Double(hidden) / Double(2 * n + 4)).squareRoot()
    let scale = Double(Self.headSize).squareRoot()
    for layer in 0..<2 {
      let prefix = "model.layers.\(layer)."
      for norm in ["input_layernorm", "post_attention_layernorm"] {
        tensors[prefix + norm + ".weight"] = try Tensor(shape: [hidden], values: [Float](repeating: 1, count: hidden))
      }
      try matrix(prefix + "mlp.gate_proj.weight", 4, hidden, [])
      try matrix(prefix + "mlp.up_proj.weight", 4, hidden, [])
      try matrix(prefix + "mlp.down_proj.weight", hidden, 4, [])
    }
    // Layer 1: q = √A·(cos θ, −sin θ)-turned constants, so that q·k at distance Δ is A·cos θ(Δ − 1).
    let strength = 60.0, fast = 0..<8
    let amplitude = (strength * scale).squareRoot() / first
    try matrix(
      "model.layers.0.self_attn.q_proj.weight", Self.headSize, hidden,
      fast.flatMap { pair in
        [
          (row: pair, column: constant, value: amplitude * .cos(frequency(pair))),
          (row: pair + half, column: constant, value: -amplitude * .sin(frequency(pair))),
        ]
      })
    try matrix(
      "model.layers.0.self_attn.k_proj.weight", Self.headSize, hidden,
      fast.map { (row: $0, column: constant, value: amplitude) })
    try matrix(
      "model.layers.0.self_attn.v_proj.weight", Self.headSize, hidden,
      (0..<n).map { (row: $0, column: $0, value: 1 / first) })
    try matrix(
      "model.layers.0.self_attn.o_proj.weight", hidden, Self.headSize,
      (0..<n).map { (row: n + $0, column: $0, value: 1) })
    // Layer 2: codes in the slowest 48 pairs; pair 10 turns a quarter in 497 tokens. Two codes have 96 in common with
    // themselves and less than 40 with others, so that a match is worth 1.5·(96 − 40) = 84 at least: more than the 80 that
    // a quarter's turn costs, less than the 160 of a half's.
    let match = 1.5, near = 80.0
    let code = (match * scale).squareRoot() / second, slow = (near * scale).squareRoot() / second
    func place(_ feature: Int) -> Int { feature < n / 2 ? 16 + feature : half + 16 + feature - n / 2 }
    try matrix(
      "model.layers.1.self_attn.q_proj.weight", Self.headSize, hidden,
      (0..<n).map { (row: place($0), column: $0, value: code) } + [(row: 10, column: constant, value: slow)])
    try matrix(
      "model.layers.1.self_attn.k_proj.weight", Self.headSize, hidden,
      (0..<n).map { (row: place($0), column: n + $0, value: code) } + [(row: 10, column: constant, value: slow)])
    try matrix(
      "model.layers.1.self_attn.v_proj.weight", Self.headSize, hidden,
      (0..<n).map { (row: $0, column: $0, value: 1 / second) })
    try matrix(
      "model.layers.1.self_attn.o_proj.weight", hidden, Self.headSize,
      (0..<n).map { (row: 2 * n + $0, column: $0, value: 4) })
    language = try Transformer<Float>(Decoder(resolved), weights: MemoryWeights(tensors), resolved: resolved)
  }

  func methods(_ names: [String], target: Int) throws -> [MethodRun] {
    try names.map { MethodRun(try MethodPlanner(MethodSpecification.parse($0), model: resolved, targetLength: target)) }
  }
}
