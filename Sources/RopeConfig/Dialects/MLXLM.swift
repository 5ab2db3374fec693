import RopeMath

extension Runtime {
  /// MLX-LM: `type` before `rope_type`, always the long list, defaults of its own.
  static let mlxLM = Runtime(
    name: "mlx-lm", aliases: ["mlx", "mlxlm"], title: "MLX-LM", version: "0.32.2", date: "2026-10",
    remarks: ["read from its wheel"], dialect: MLXModels.dialect(isSwift: false))
}
