import RopeMath

extension Runtime {
  /// MLX-LM: `type` before `rope_type`, always the long list, defaults of its own.
  static let mlxLM = Runtime(
    name: "mlx-lm", aliases: ["mlx", "mlxlm"], title: "MLX-LM", version: "2026-08-22", date: "2026-08",
    remarks: ["commit d78bf58"], dialect: MLXModels.dialect(isSwift: false))
}
