/// What the numbers of products are rounded to before they are multiplied; sums are never narrower than float32.
public enum ProductPrecision: Sendable, Hashable {
  /// Not at all: the type of the forward pass.
  case full
  /// To bfloat16, 8 significant bits, as servers compute: weights once, activations, rotated queries and keys, values and
  /// the weights of attention as they come. Norms, the softmax and what is added up stay float32.
  case bfloat16
}
