import RopeText

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a folder without `model.safetensors` holds in its place.
enum WeightFolder {
  /// The end of a sentence that begins with what is missing; empty where nothing is known to stand in its place.
  static func rest(_ folder: String) -> String {
    let names = names(folder)
    for (isMeant, advice) in kinds {
      if let name = names.first(where: isMeant) { return ", but “\(name.excerpt(80))”: \(advice)" }
    }
    return ""
  }

  private static let kinds: [(isMeant: @Sendable (String) -> Bool, advice: String)] = [
    (
      { $0.hasPrefix("consolidated") && $0.hasSuffix(".safetensors") },
      "tensors named in Mistral's own way are not read, take the model in Hugging Face's form"
    ),
    (
      { $0 == "adapter_model.safetensors" || $0 == "adapter_model.bin" },
      "an adapter is no model, merge it into the one it belongs to"
    ),
    ({ $0.hasSuffix(".safetensors") }, "rename it to model.safetensors to have it read"),
    ({ $0.hasSuffix(".safetensors.index.json") }, "rename it to model.safetensors.index.json"),
    ({ $0.lowercased().hasSuffix(".gguf") }, "name that file"),
    (
      { name in
        [".bin", ".pth", ".pt", ".bin.index.json"].contains { name.hasSuffix($0) }
          && ["pytorch_model", "consolidated", "model"].contains { name.hasPrefix($0) }
      }, "pickled weights are not read, convert them to safetensors"
    ),
  ]

  /// Files of a folder at most that are looked at.
  private static let mostNames = 10_000

  private static func names(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < mostNames, let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names.sorted()
  }
}
