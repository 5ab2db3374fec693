import CVectorLoops
import RopeInference

/// The vector loops that the forward pass calls on its buffers, on arrays.
extension VectorLoops {
  static func rootMeanSquareNorm(_ x: [Float], weight: [Float], offset: Float, epsilon: Float) -> [Float] {
    var y = x
    vector_rms_norm(x, weight, offset, epsilon, 1, x.count, x.count, &y, x.count)
    return y
  }

  static func layerNorm(_ x: [Float], weight: [Float], bias: [Float], epsilon: Float) -> [Float] {
    var y = x
    vector_layer_norm(x, weight, bias, epsilon, 1, x.count, &y)
    return y
  }

  /// `silu(gate) · up`.
  static func gatedSilu(_ gate: [Float], _ up: [Float]) -> [Float] {
    var y = gate
    vector_gated_silu(gate, up, &y, gate.count)
    return y
  }

  /// `gelu_tanh(gate) · up`.
  static func gatedGeluTanh(_ gate: [Float], _ up: [Float]) -> [Float] {
    var y = gate
    vector_gated_gelu_tanh(gate, up, &y, gate.count)
    return y
  }

  static func softCap(_ x: [Float], cap: Float) -> [Float] {
    var y = x
    vector_soft_cap(&y, cap, y.count)
    return y
  }

  static func rotate(
    _ x: [Float], cosines: [Float], sines: [Float], scale: Float, interleaved: Bool
  ) -> [Float] {
    var y = x
    if interleaved {
      vector_rotate_interleaved(x, cosines, sines, scale, cosines.count, x.count, &y)
    } else {
      vector_rotate_half(x, cosines, sines, scale, cosines.count, x.count, &y)
    }
    return y
  }
}

extension PlainLoops {
  /// `scale · R x`: the leading pairs turned by their cosine and sine, the other features only scaled.
  static func rotate(
    _ x: [Float], cosines: [Float], sines: [Float], scale: Float, interleaved: Bool
  ) -> [Float] {
    var result = x.map { $0 * scale }
    let pairs = cosines.count
    for i in 0..<pairs {
      let (a, b) = interleaved ? (2 * i, 2 * i + 1) : (i, i + pairs)
      (result[a], result[b]) = (
        result[a] * cosines[i] - result[b] * sines[i], result[a] * sines[i] + result[b] * cosines[i]
      )
    }
    return result
  }
}
