import RealModule
import RopeMath

/// How a runtime rounds between frequencies and rotated features. All work in float32, each in its own order.
public enum RotaryArithmetic: Sendable, Hashable {
  /// PyTorch's table: float32(position) × float32(θ′), rounded to float32, then cos and sin, then the factor.
  case torch
  /// ggml's chain of multiplications.
  case ggml(GGMLRotation)
  /// MLX's own exponential and reciprocal frequencies.
  case mlx(MLXRotation)

  public func row(of plan: RotaryPlan, at position: Int) -> RotaryRow {
    switch self {
    case .torch: Self.torchRow(plan, position)
    case .ggml(let rotation): rotation.row(at: position)
    case .mlx(let rotation): rotation.row(at: position)
    }
  }

  private static func torchRow(_ plan: RotaryPlan, _ position: Int) -> RotaryRow {
    let factor = Float(plan.attentionFactor)
    let angles = plan.inverseFrequencies.map { Double(Float(position) * Float($0)) }
    return RotaryRow(
      cosines: angles.map { Float(Double.cos($0)) * factor }, sines: angles.map { Float(Double.sin($0)) * factor })
  }
}
