import Foundation

/// Published models that `Scripts/get-models` fetches: the folder is named by the environment variable
/// ROPESCOPE_MODELS; tests that need one are skipped without it.
public enum RealModels {
  public static let smolLM2 = path("SmolLM2-135M-Instruct.Q4_1.gguf")
  public static let gemma3 = path("gemma-3-270m-q4_k_m.gguf")

  /// Nil where the file is not there.
  public static func path(_ name: String) -> String? {
    guard let folder = ProcessInfo.processInfo.environment["ROPESCOPE_MODELS"] else { return nil }
    let path = folder + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
