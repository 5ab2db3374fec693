import RopeMath

extension Runtime {
  /// mlx-swift-lm: as MLX-LM, with Swift's defaults and without dynamic scaling.
  static let mlxSwiftLM = Runtime(
    name: "mlx-swift-lm", aliases: ["mlx-swift", "mlxswift"], title: "mlx-swift-lm", version: "2026-08-22",
    date: "2026-08", remarks: ["commit 14414441"], dialect: MLXModels.dialect(isSwift: true))
}
