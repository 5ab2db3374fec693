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
  /// - Throws: `TensorError.reading` where there are none, and what opening them throws, with the file's path.
  public static func open(_ path: String) throws(TensorError) -> any WeightSource {
    let file = try Self.file(path)
    if file.hasSuffix(".gguf") { return try gguf(file) }
    do throws(TensorError) {
      if file.hasSuffix(".index.json") { return try ShardedSafetensors(path: file) }
      return try Safetensors(path: file)
    } catch { throw error.located(in: file) }
  }

  /// The path of the file that `open` reads: of several shards, their index.
  ///
  /// - Throws: `TensorError.reading` where there is none.
  public static func file(_ path: String) throws(TensorError) -> String {
    if [".gguf", ".safetensors", ".index.json"].contains(where: { path.hasSuffix($0) }) { return path }
    let folder = path.hasSuffix(".json") ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
    let single = folder + "/model.safetensors"
    let index = single + ".index.json"
    if access(single, F_OK) == 0 { return single }
    if access(index, F_OK) == 0 { return index }
    throw .reading(
      "“\(folder)” holds neither model.safetensors nor model.safetensors.index.json" + WeightFolder.rest(folder))
  }

  /// A GGUF file, with the other parts of its model where it is one of several.
  ///
  /// - Throws: What opening it throws, with its path.
  public static func gguf(_ path: String) throws(TensorError) -> GGUF {
    do throws(TensorError) { return try GGUF(path: path) } catch { throw error.located(in: path) }
  }
}
