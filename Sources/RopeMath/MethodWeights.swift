/// Learned parameters of a method and the settings that travel with them in the same file.
public struct MethodWeights: Sendable, Hashable {
  /// By the names of the checkpoint.
  public var matrices: [String: WeightMatrix]
  /// The file's own notes: a safetensors header's `__metadata__`.
  public var metadata: [String: String]

  public init(matrices: [String: WeightMatrix], metadata: [String: String] = [:]) {
    self.matrices = matrices
    self.metadata = metadata
  }
}
