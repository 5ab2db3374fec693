#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Finds the weights of a model.
public enum ModelWeights {
  /// A `.gguf` file, a `.safetensors` file, a shard index (`….index.json`), a folder that holds `model.safetensors` or
  /// its index, or a configuration beside one of them.
  ///
  /// - Throws: `TensorError.reading` where there are none, and what opening them throws.
  public static func open(_ path: String) throws(TensorError) -> any WeightSource {
    if path.hasSuffix(".gguf") { return try gguf(path) }
    if path.hasSuffix(".safetensors") { return try Safetensors(path: path) }
    if path.hasSuffix(".index.json") { return try ShardedSafetensors(path: path) }
    let folder = path.hasSuffix(".json") ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
    let single = folder + "/model.safetensors"
    let index = single + ".index.json"
    if access(single, F_OK) == 0 { return try Safetensors(path: single) }
    if access(index, F_OK) == 0 { return try ShardedSafetensors(path: index) }
    throw .reading("“\(folder)” holds neither model.safetensors nor model.safetensors.index.json")
  }

  private static func gguf(_ path: String) throws(TensorError) -> GGUF {
    let file = try GGUF(path: path)
    if let count = file.metadata["split.count"]?.integer, count > 1 {
      throw .reading("“\(path)” is one of \(count) parts of a model; join them first (llama-gguf-split --merge)")
    }
    return file
  }
}
