/// Attention of one layer over a growing text: keys and values are appended, queries answered.
///
/// Rows are tokens; a row of queries holds all heads one after another, a row of keys or values all key heads, all
/// un-rotated.
public protocol LayerAttention<Scalar>: AnyObject {
  associatedtype Scalar: ForwardScalar

  /// Forgets all tokens; the memory is kept.
  ///
  /// - Parameter extras: learned numbers of the layer that begins.
  func reset(_ extras: AttentionExtras)

  /// Appends the keys and values of `tokens`, which follow the ones that are there, or stand in place of those from their
  /// first on.
  func append(
    keys: UnsafePointer<Scalar>, values: UnsafePointer<Scalar>, stride: Int, tokens: Range<Int>, pool: WorkerPool)

  /// Writes the attention of the queries of `tokens`, the last ones that were appended, to rows of `output`.
  func attend(
    queries: UnsafePointer<Scalar>, stride: Int, tokens: Range<Int>, into output: UnsafeMutablePointer<Scalar>,
    pool: WorkerPool
  ) throws(InferenceError)
}
