import RopeMath

/// What the class of a model type fixes, in words for a reader: made from its row, nothing is said twice.
public struct FamilyPage: Sendable {
  /// `model_type`.
  public let type: String
  /// Named facts in the order of a page.
  public let facts: [(name: String, value: String)]
  /// Other model types of the same row.
  public let others: [String]

  /// A page for every model type that is known, sorted by name.
  public static let all: [FamilyPage] = {
    let sharing = Dictionary(
      grouping: FamilyCatalogue.families.keys, by: { FamilyCatalogue.families[$0]?.name ?? $0 })
    return Family.knownTypes.map { type in
      let row = FamilyCatalogue.families[type]
      let section = FamilyCatalogue.sections[type]
      let others = row.flatMap { sharing[$0.name] }?.filter { $0 != type }.sorted() ?? []
      return FamilyPage(type: type, facts: (section?.facts ?? []) + (row?.facts ?? []), others: others)
    }
  }()
}

extension FamilySection {
  fileprivate var facts: [(name: String, value: String)] {
    [("Language model", "its keys stand in \(path.joined(separator: ".")) and mean those of \(type)")]
  }
}

extension Family {
  fileprivate var facts: [(name: String, value: String)] {
    if let unrotatedReason { return [("Rotation", "none: \(unrotatedReason)")] }
    var facts: [(name: String, value: String)] = [
      ("Base", Self.value(base.map(\.formattedShortest) ?? "the file must tell it", keys: baseKeys)),
      ("Head", headWords),
      ("Rotated part", shareWords),
      ("Pairs", pairWords),
    ]
    if let window { facts.append(("Window where the file has none", "\(window) tokens")) }
    if let trainedLength { facts.append(("Trained length", "\(trainedLength) tokens; the class has no window")) }
    if let originalLength { facts.append(("Original length where the file has none", "\(originalLength) tokens")) }
    if !dictionary.isEmpty { facts.append(("Scaling where the file has none", Self.words(dictionary))) }
    facts.append(
      ("Scaling is read from", isPlainOnly ? "nowhere: scaled rotation is refused" : takes.joined(separator: ", ")))
    for table in tables { facts.append((table.name, Self.words(table))) }
    if let layers, !layers.cycle.isEmpty {
      let names = layers.cycle.map(LayerPattern.type).joined(separator: ", ")
      facts.append(("Layers", layers.cycle.count == 1 ? "all \(names)" : "in turn \(names)"))
    }
    if let sliding {
      let size = sliding.size.map { "\($0) tokens where the file has none" } ?? "the file must tell it"
      facts.append(("Sliding window", Self.value(size, keys: sliding.keys)))
    }
    if let unrotatedWords { facts.append(("Layers without rotation", unrotatedWords)) }
    if let ggufArchitecture { facts.append(("In a GGUF", ggufArchitecture)) }
    facts.append(("Read from", source ?? "the class of transformers 5.24.0"))
    return facts
  }

  private static func value(_ value: String, keys: [String]) -> String {
    keys.isEmpty ? "\(value), whatever the file says" : "\(value) (\(keys.joined(separator: ", ")))"
  }

  private static func words(_ dictionary: [String: ClassValue]) -> String {
    dictionary.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" }.joined(separator: ", ")
  }

  private static func words(_ table: Table) -> String {
    var parts: [String] = []
    if let base = table.base { parts.append("base \(base.formattedShortest)") }
    if !table.baseKeys.isEmpty { parts.append("base key \(table.baseKeys.joined(separator: ", "))") }
    if let share = table.share { parts.append("\(share.formattedShortest) of the head") }
    if let size = table.size { parts.append("\(size) features rotated") }
    if !table.dictionary.isEmpty { parts.append(words(table.dictionary)) }
    if table.isUnrotatedByDefault { parts.append("no rotation where rope_parameters is absent") }
    return parts.isEmpty ? "a table of its own" : "a table of its own: " + parts.joined(separator: "; ")
  }

  private var headWords: String {
    if let size = head.size { return Self.value("\(size) features where the file has none", keys: head.keys) }
    if !head.sum.isEmpty { return "the sum of " + head.sum.map { "\($0.key) (\($0.size))" }.joined(separator: " and ") }
    let quotient = head.hiddenFactor == 1 ? "hidden_size / heads" : "\(head.hiddenFactor) · hidden_size / heads"
    return head.keys.isEmpty
      ? "\(quotient), whatever the file says" : "\(head.keys.joined(separator: ", ")), else \(quotient)"
  }

  private var shareWords: String {
    let keys = share.keys + share.sizeKeys
    let value =
      share.size.map { "\($0) features" }
      ?? (share.value == 1 ? "the whole head" : "\(share.value.formattedShortest) of the head")
    return Self.value(value, keys: keys)
      + (share.isHonouredPlain || keys.isEmpty ? "" : "; under plain rotation the keys are not read")
  }

  private var pairWords: String {
    switch pairs {
    case .half: "halves: feature i with i + d/2"
    case .interleaved: "interleaved: feature 2i with 2i + 1"
    case .flag(let keys, let isInterleaved):
      "\(keys.joined(separator: ", ")) decides; \(isInterleaved ? "interleaved" : "halves") where absent"
    }
  }

  private var unrotatedWords: String? {
    switch unrotated {
    case .none: nil
    case .types(let types, let needsWindow):
      types.joined(separator: ", ") + (needsWindow ? ", in a model that has a window" : "")
    case .typesExceptLeading(let types, let count, _, _):
      "\(types.joined(separator: ", ")), but for the first (\(count))"
    case .flags(let key, let interval, let intervalKey):
      "those that \(key) flags with 0" + (interval.map { ", every \($0)th where absent" } ?? "")
        + (intervalKey.map { " (\($0))" } ?? "")
    case .bases(let key, let interval):
      "those whose entry of \(key) is 0" + (interval.map { ", every \($0)th from the end where absent" } ?? "")
    }
  }
}

extension ClassValue {
  fileprivate var words: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.formattedShortest
    case .count(let count): "\(count)"
    case .flag(let flag): "\(flag)"
    }
  }
}
