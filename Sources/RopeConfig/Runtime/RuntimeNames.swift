/// Every name under which a runtime is known, modelled or by name only.
enum RuntimeNames {
  private struct Entry {
    let name: String
    let title: String
    /// Letters and digits of the name or alias.
    let key: [Character]
    /// Counts only where no other name stands in the text: a company or a file format as much as a runtime.
    let isWeak: Bool
  }

  private static let weak: Set = ["hf", "huggingface", "gguf", "ggml", "deepseek", "lmstudioai"]

  private static let entries: [Entry] = {
    var entries: [Entry] = []
    func add(_ name: String, _ title: String, _ aliases: [String]) {
      for alias in [name, title] + aliases {
        let key = alias.lowercased().filter { $0.isLetter || $0.isNumber }
        guard !entries.contains(where: { String($0.key) == key }) else { continue }
        entries.append(Entry(name: name, title: title, key: Array(key), isWeak: weak.contains(key)))
      }
    }
    for runtime in RuntimeCatalogue.all { add(runtime.name, runtime.title, runtime.aliases) }
    for runtime in NamedRuntimes.all { add(runtime.name, runtime.title, runtime.aliases) }
    return entries
  }()

  /// Names and aliases, for suggestions.
  static var all: [String] {
    RuntimeCatalogue.newest.flatMap { [$0.name] + $0.aliases } + NamedRuntimes.all.flatMap { [$0.name] + $0.aliases }
  }

  /// The runtime that a text names, and the text without the name.
  static func find(in text: String) -> (name: String, title: String, rest: String)? {
    let characters = Array(text.lowercased())
    let places = characters.indices.filter { characters[$0].isLetter || characters[$0].isNumber }
    let plain = places.map { characters[$0] }
    var best: (entry: Entry, start: Int, end: Int)?
    for entry in entries {
      guard let match = first(entry.key, plain: plain, places: places, characters: characters) else { continue }
      guard let current = best else {
        best = (entry, match.start, match.end)
        continue
      }
      let isBetter =
        entry.isWeak != current.entry.isWeak
        ? !entry.isWeak
        : match.start != current.start ? match.start < current.start : match.end > current.end
      if isBetter { best = (entry, match.start, match.end) }
    }
    guard let best else { return nil }
    // Everything before the name is a word about it (HF transformers, served with vLLM) unless it holds a version.
    let rest = characters[..<best.start] + [" "] + characters[best.end...]
    return (best.entry.name, best.entry.title, String(rest))
  }

  /// A place where the key's letters stand one after the other as words of their own.
  private static func first(
    _ key: [Character], plain: [Character], places: [Int], characters: [Character]
  ) -> (start: Int, end: Int)? {
    guard !key.isEmpty, plain.count >= key.count else { return nil }
    for offset in 0...(plain.count - key.count) where plain[offset..<offset + key.count].elementsEqual(key) {
      let start = places[offset]
      let end = places[offset + key.count - 1] + 1
      let isStart = start == 0 || !(characters[start - 1].isLetter || characters[start - 1].isNumber)
      guard isStart else { continue }
      guard end < characters.count else { return (start, end) }
      let next = characters[end]
      // A version may follow a name at once, unless the name ends in a digit itself.
      if next.isLetter && !(next == "v" && end + 1 < characters.count && characters[end + 1].isNumber) { continue }
      if next.isNumber, key.last?.isNumber == true { continue }
      return (start, end)
    }
    return nil
  }
}
