import RopeJSON
import RopeMath

/// The one list of runtimes, each runtime's versions from the oldest to the newest.
public enum RuntimeCatalogue {
  public static let all: [Runtime] = [
    .transformers445, .transformers451, .transformers457, .transformers5,
    .vllmBeforeAttentionFactor, .vllm,
    .sglang, .llamaCpp, .mlxLM, .mlxSwiftLM, .deepSeek, .megatron, .torchTitan,
  ]

  /// What every other runtime is compared with: the newest transformers.
  public static let reference: Runtime = .transformers5

  /// The newest version of each runtime, the default of a comparison.
  public static var newest: [Runtime] { all.filter { $0.next == nil } }

  public static func versions(of name: String) -> [Runtime] { all.filter { $0.name == name } }

  /// Runtimes meant by a text: `vllm`, `vllm@0.29`, `transformers@4.45-4.57`, `HF transformers 4.51.3`, `all`.
  ///
  /// - Throws: `ConfigurationError` for a name that is not known or a version before the oldest that is.
  public static func selection(_ text: String) throws(ConfigurationError) -> RuntimeSelection {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || ".-_@+".contains($0)) }.map(String.init)
    guard words != ["all"] else { return RuntimeSelection(runtimes: all, warnings: []) }
    var name: String?
    var versions: [String] = []
    for word in words {
      let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
      guard let head = parts.first else { continue }
      if let known = canonicalName(head) {
        name = name ?? known
        if parts.count > 1 { versions.append(parts[1]) }
      } else if name != nil, RuntimeVersion(head) != nil {
        versions.append(head)
      }
    }
    guard let name else {
      let names = all.flatMap { [$0.name] + $0.aliases }
      let listed = newest.map(\.name).joined(separator: ", ")
      throw ConfigurationError(refusing: "unknown runtime “\(text)”\(Nearest.hint(text, in: names)); known are \(listed)")
    }
    return try selection(name, versions: versions)
  }

  private static func canonicalName(_ word: String) -> String? {
    let plain = word.filter { $0.isLetter || $0.isNumber }
    return all.first { ([$0.name] + $0.aliases).contains { $0.filter { $0.isLetter || $0.isNumber } == plain } }?.name
  }

  private static func selection(_ name: String, versions: [String]) throws(ConfigurationError) -> RuntimeSelection {
    let known = Self.versions(of: name)
    guard let newest = known.last else { throw ConfigurationError(refusing: "unknown runtime “\(name)”") }
    guard let text = versions.first else { return RuntimeSelection(runtimes: [newest], warnings: []) }
    // A date holds hyphens of its own; a range has two versions with a full stop or is two words.
    let isDate = (RuntimeVersion(text)?.numbers.first ?? 0) >= 2000
    let ends = (isDate ? [text] : text.split(separator: "-").map(String.init)) + versions.dropFirst()
    guard let from = ends.first.flatMap(RuntimeVersion.init), let to = ends.last.flatMap(RuntimeVersion.init)
    else { throw ConfigurationError(refusing: "“\(text)” is not a version of \(newest.title), expected one like \(newest.version)") }
    let low = min(from, to)
    let high = max(from, to)
    let chosen = known.filter { runtime in
      runtime.covers(low) || runtime.covers(high)
        || (runtime.first.map { low < $0 && $0 < high } ?? false)
    }
    guard !chosen.isEmpty else {
      throw ConfigurationError(refusing: 
        "\(newest.title) \(low) is older than what is known here; the oldest is \(known.first?.version ?? "")")
    }
    return RuntimeSelection(runtimes: chosen, warnings: [newest.warning(for: high)].compactMap { $0 })
  }
}
