/// The weights of one layer, expanded, but for those of experts.
///
/// Matrices are `[outputs, inputs]`. Queries, keys and values are one matrix, all queries first; gate and up
/// are one, gate first.
struct BlockWeights<Scalar: ForwardScalar>: Sendable {
  struct Norm: Sendable {
    let kind: NormDescription.Kind
    let epsilon: Scalar
    let weight: Buffer<Scalar>
    let bias: Buffer<Scalar>?
  }

  struct Matrix: Sendable {
    let weight: ProductMatrix<Scalar>
    let bias: Buffer<Scalar>?
  }

  /// `b₂ + W₂·activation(b₁ + W₁x)`.
  struct FeedForward: Sendable {
    let rising: Matrix
    let falling: Matrix
  }

  /// Multi-head latent attention. Rows of queries and keys are in the kernel's order: the rotated slice first.
  struct Latent: Sendable {
    let queryDown: Matrix?
    let queryNorm: Norm?
    let queryUp: ProductMatrix<Scalar>
    let keyValueDown: Matrix
    let keyValueNorm: Norm
    /// All keys, then all values; zeros where the shared slice goes and where a head is filled up.
    let keyValueUp: ProductMatrix<Scalar>
  }

  struct Router: Sendable {
    let matrix: Matrix
    let correction: [Scalar]?
    /// One row: how much of the shared expert a token takes.
    let shared: Buffer<Scalar>?
    /// Multiplies the share of each expert.
    var expertScale: [Scalar]?
  }

  /// Gemma 4: the norms of experts that stand beside the dense part.
  struct Beside: Sendable {
    let routerNorm: Norm
    let denseOutputNorm: Norm
    let expertNorm: Norm
    let expertOutputNorm: Norm
  }

  /// Gemma 4: what a layer makes of the token's row of its own.
  struct TokenInput: Sendable {
    let gate: ProductMatrix<Scalar>
    let output: ProductMatrix<Scalar>
    let norm: Norm
  }

  var attentionNorm: Norm?
  var attentionOutputNorm: Norm?
  var feedForwardNorm: Norm?
  var feedForwardOutputNorm: Norm?
  var queryNorm: Norm?
  var keyNorm: Norm?
  var projections: Matrix?
  var latent: Latent?
  var output: Matrix
  /// Nil in a mixture that shares no expert.
  var feedForward: FeedForward?
  var router: Router?
  var beside: Beside?
  /// The four numbers of xIELU: α₊, α₋, β, ε.
  var slopes: [Scalar]?
  var tokenInput: TokenInput?
  var scale: Scalar?
}
