import CVectorLoops

/// The vector loops of a softmax on arrays.
package enum VectorLoops {
  package static func exp(_ x: [Float]) -> [Float] {
    var y = x
    y.withUnsafeMutableBufferPointer { vector_exp($0.baseAddress, $0.baseAddress, $0.count) }
    return y
  }

  /// - Returns: the factor for sums and outputs of earlier steps.
  package static func softmaxStep(_ scores: inout [Float], largest: inout Float, sum: inout Float) -> Float {
    var correction: Float = 0
    let count = scores.count
    vector_softmax_step(&scores, 1, count, count, &largest, &sum, &correction)
    return correction
  }
}
