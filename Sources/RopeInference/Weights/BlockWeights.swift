/// The weights of one block, expanded.
///
/// Matrices are `[outputs, inputs]`, row-major. Queries, keys and values are one matrix, all queries first; gate and up
/// are one, gate first.
struct BlockWeights<Scalar: ForwardScalar>: Sendable {
  struct Norm: Sendable {
    let weight: Buffer<Scalar>
    let bias: Buffer<Scalar>?
  }

  let attentionNorm: Norm
  let attentionOutputNorm: Norm?
  let feedForwardNorm: Norm
  let feedForwardOutputNorm: Norm?
  let queryNorm: Norm?
  let keyNorm: Norm?
  let projections: Buffer<Scalar>
  let projectionBias: Buffer<Scalar>?
  let output: Buffer<Scalar>
  let outputBias: Buffer<Scalar>?
  let rising: Buffer<Scalar>
  let risingBias: Buffer<Scalar>?
  let falling: Buffer<Scalar>
  let fallingBias: Buffer<Scalar>?
}
