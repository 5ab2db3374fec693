/// How a forward pass is run; but for `readingPlans` none of it changes what is computed beyond rounding.
public struct RunOptions: Sendable {
  public enum Kernel: String, Sendable, CaseIterable {
    /// Tiles where the number type and the plan have them, else the plain kernel.
    case fast
    /// The plain kernel always.
    case reference
  }

  public var kernel: Kernel
  /// Tokens that go through a layer together; bounds the memory of activations.
  public var chunk: Int
  /// For a stale cache: the plans whose frequencies and factor the token at each position was rotated under, one entry
  /// a token. Nil for one plan throughout.
  public var readingPlans: [LayerPlans]?
  public var control: RunControl

  public init(
    kernel: Kernel = .fast, chunk: Int = 1024, readingPlans: [LayerPlans]? = nil, control: RunControl = .none
  ) {
    self.kernel = kernel
    self.chunk = chunk
    self.readingPlans = readingPlans
    self.control = control
  }

  /// The same for a part of the whole, by the shares at which it begins and ends.
  func part(from start: Double, to end: Double) -> RunOptions {
    var part = self
    part.control = control.part(from: start, to: end)
    return part
  }
}
