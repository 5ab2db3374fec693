import CVectorLoops

/// The vector loops on arrays, as tests call them; the forward pass calls them on its buffers.
public enum VectorLoops {
  public static func exp(_ x: [Float]) -> [Float] {
    var y = x
    y.withUnsafeMutableBufferPointer { vector_exp($0.baseAddress, $0.baseAddress, $0.count) }
    return y
  }

  public static func rootMeanSquareNorm(_ x: [Float], weight: [Float], offset: Float, epsilon: Float) -> [Float] {
    var y = x
    vector_rms_norm(x, weight, offset, epsilon, 1, x.count, x.count, &y, x.count)
    return y
  }

  public static func layerNorm(_ x: [Float], weight: [Float], bias: [Float], epsilon: Float) -> [Float] {
    var y = x
    vector_layer_norm(x, weight, bias, epsilon, 1, x.count, &y)
    return y
  }

  /// `silu(gate) · up`.
  public static func gatedSilu(_ gate: [Float], _ up: [Float]) -> [Float] {
    var y = gate
    vector_gated_silu(gate, up, &y, gate.count)
    return y
  }

  /// `gelu_tanh(gate) · up`.
  public static func gatedGeluTanh(_ gate: [Float], _ up: [Float]) -> [Float] {
    var y = gate
    vector_gated_gelu_tanh(gate, up, &y, gate.count)
    return y
  }

  public static func softCap(_ x: [Float], cap: Float) -> [Float] {
    var y = x
    vector_soft_cap(&y, cap, y.count)
    return y
  }

  public static func rotate(
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

  /// - Returns: the factor for sums and outputs of earlier steps.
  public static func softmaxStep(_ scores: inout [Float], largest: inout Float, sum: inout Float) -> Float {
    var correction: Float = 0
    let count = scores.count
    vector_softmax_step(&scores, 1, count, count, 0, &largest, &sum, &correction)
    return correction
  }
}
