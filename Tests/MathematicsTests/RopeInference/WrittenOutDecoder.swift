import RealModule
import RopeKernel
import RopeMath
import RopeTensors

/// Decoders written out by hand, one function a family, as a check of the pass that is described by data.
struct WrittenOutDecoder {
  let model: RandomModel
  let plan: RotaryPlan

  private let s = RandomModel.sizes

  private func values(_ name: String) -> [Double] { (model.tensors[name]?.values ?? []).map { Double($0) } }

  private func linear(_ x: [Double], _ name: String) -> [Double] {
    let weight = values(name + ".weight"), bias = values(name + ".bias")
    return (0..<weight.count / x.count).map { row -> Double in
      var sum = bias.isEmpty ? 0 : bias[row]
      for i in x.indices { sum += weight[row * x.count + i] * x[i] }
      return sum
    }
  }

  private func layerNorm(_ x: [Double], _ name: String) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let weight = values(name + ".weight"), bias = values(name + ".bias")
    let deviation = (variance + 1e-5).squareRoot()
    return x.indices.map { i -> Double in (x[i] - mean) / deviation * weight[i] + bias[i] }
  }

  private func rootMeanSquareNorm(_ x: [Double], _ name: String) -> [Double] {
    let square = x.reduce(0) { $0 + $1 * $1 } / Double(x.count), weight = values(name + ".weight")
    let length = (square + 1e-6).squareRoot()
    return x.indices.map { i -> Double in x[i] / length * weight[i] }
  }

  /// Rows of heads, `[token][head][feature]`, as a tensor `[head][token][feature]`.
  private func tensor(_ rows: [[[Double]]]) throws -> Tensor<Double> {
    let heads = rows[0].count
    return try Tensor(
      shape: [heads, rows.count, s.head], values: (0..<heads).flatMap { head in rows.flatMap { $0[head] } })
  }

  private func attention(_ q: [[[Double]]], _ k: [[[Double]]], _ v: [[[Double]]]) throws -> [[Double]] {
    let result = try ReferenceAttention.attend(q: tensor(q), k: tensor(k), v: tensor(v), plan: plan)
    return q.indices.map { token in
      q[0].indices.flatMap { head in
        let start = (head * q.count + token) * s.head
        return Array(result.values[start..<start + s.head])
      }
    }
  }

  private func heads(_ x: [Double]) -> [[Double]] {
    stride(from: 0, to: x.count, by: s.head).map { Array(x[$0..<$0 + s.head]) }
  }

  private func sum(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map(+) }

  private func embedded(_ tokens: [Int], _ name: String) -> [[Double]] {
    let table = values(name)
    return tokens.map { Array(table[$0 * s.hidden..<($0 + 1) * s.hidden]) }
  }

  /// GPT-NeoX: `x + attention(ln1 x) + mlp(ln2 x)`, each head's query, key and value side by side.
  func gptNeoX(_ tokens: [Int]) throws -> [[Double]] {
    var x = embedded(tokens, "gpt_neox.embed_in.weight")
    for layer in 0..<s.layers {
      let prefix = "gpt_neox.layers.\(layer)."
      let projected = x.map { row in
        heads(linear(layerNorm(row, prefix + "input_layernorm"), prefix + "attention.query_key_value"))
      }
      func part(_ index: Int) -> [[[Double]]] {
        projected.map { row in stride(from: index, to: row.count, by: 3).map { row[$0] } }
      }
      let attended = try attention(part(0), part(1), part(2))
      x = x.indices.map { token in
        let risen = linear(layerNorm(x[token], prefix + "post_attention_layernorm"), prefix + "mlp.dense_h_to_4h")
        let activated = risen.map { $0 / 2 * (1 + .erf($0 / 2.0.squareRoot())) }
        return sum(
          sum(x[token], linear(attended[token], prefix + "attention.dense")),
          linear(activated, prefix + "mlp.dense_4h_to_h"))
      }
    }
    return x.map { linear(layerNorm($0, "gpt_neox.final_layer_norm"), "embed_out") }
  }

  /// Qwen3: heads of queries and keys normed before rotation; else as Llama.
  func qwen3(_ tokens: [Int]) throws -> [[Double]] {
    var x = embedded(tokens, "model.embed_tokens.weight")
    for layer in 0..<s.layers {
      let prefix = "model.layers.\(layer).", attentionPrefix = prefix + "self_attn."
      let normed = x.map { rootMeanSquareNorm($0, prefix + "input_layernorm") }
      let q = normed.map { row in
        heads(linear(row, attentionPrefix + "q_proj")).map { rootMeanSquareNorm($0, attentionPrefix + "q_norm") }
      }
      let k = normed.map { row in
        heads(linear(row, attentionPrefix + "k_proj")).map { rootMeanSquareNorm($0, attentionPrefix + "k_norm") }
      }
      let v = normed.map { heads(linear($0, attentionPrefix + "v_proj")) }
      let attended = try attention(q, k, v)
      x = x.indices.map { token in
        let state = sum(x[token], linear(attended[token], attentionPrefix + "o_proj"))
        let input = rootMeanSquareNorm(state, prefix + "post_attention_layernorm")
        let gated = zip(linear(input, prefix + "mlp.gate_proj"), linear(input, prefix + "mlp.up_proj"))
          .map { $0 / (1 + .exp(-$0)) * $1 }
        return sum(state, linear(gated, prefix + "mlp.down_proj"))
      }
    }
    return x.map { linear(rootMeanSquareNorm($0, "model.norm"), "lm_head") }
  }
}
