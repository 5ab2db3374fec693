import RopeMath
import RopeText

/// What the class of a model type fixes, in words for a reader: made from its row, nothing is said twice.
public struct FamilyPage: Sendable {
  /// `model_type`.
  public let type: String
  /// Named facts in the order of a page.
  public let facts: [(name: String, value: Message)]
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
  fileprivate var facts: [(name: String, value: Message)] {
    [("Language model", "its keys stand in \(path.joined(separator: ".")) and mean those of \(type)")]
  }
}

extension Family {
  fileprivate var facts: [(name: String, value: Message)] {
    if let unrotatedReason { return [("Rotation", "none: \(Message(template: unrotatedReason))")] }
    var facts: [(name: String, value: Message)] = [
      ("Base", Self.value(base.map { "\($0.formattedShortest)" } ?? "the file must tell it", keys: baseKeys)),
      ("Head", headWords),
      ("Rotated part", shareWords),
      ("Pairs", pairWords),
    ]
    if let window { facts.append(("Window where the file has none", "\(window) tokens")) }
    if let lengthening {
      facts.append(
        (
          "Longer context",
          """
          \(lengthening.flag): a window of \(lengthening.window) tokens and the base × \
          \(lengthening.factor.formattedShortest)^(d/(d−2))
          """
        ))
    }
    if let trainedLength { facts.append(("Trained length", "\(trainedLength) tokens; the class has no window")) }
    if let originalLength { facts.append(("Original length where the file has none", "\(originalLength) tokens")) }
    if !dictionary.isEmpty { facts.append(("Scaling where the file has none", Self.words(dictionary))) }
    facts.append(
      ("Scaling is read from", isPlainOnly ? "nowhere: scaled rotation is refused" : .names(takes)))
    for table in tables { facts.append((table.name, Self.words(table))) }
    if let layers, !layers.cycle.isEmpty {
      let names = Message.names(layers.cycle.map(LayerPattern.type))
      facts.append(("Layers", layers.cycle.count == 1 ? "all \(names)" : "in turn \(names)"))
    }
    if let sliding {
      let size: Message = sliding.size.map { "\($0) tokens where the file has none" } ?? "the file must tell it"
      facts.append(("Sliding window", Self.value(size, keys: sliding.keys)))
    }
    if let unrotatedWords { facts.append(("Layers without rotation", unrotatedWords)) }
    if let ggufArchitecture { facts.append(("In a GGUF", "\(ggufArchitecture)")) }
    facts.append(("Read from", source.map { Message(template: $0) } ?? "the class of transformers 5.24.0"))
    return facts
  }

  private static func value(_ value: Message, keys: [String]) -> Message {
    keys.isEmpty ? "\(value), whatever the file says" : "\(value) (\(Message.names(keys)))"
  }

  private static func words(_ dictionary: [String: ClassValue]) -> Message {
    .names(dictionary.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" })
  }

  private static func words(_ table: Table) -> Message {
    var parts: [Message] = []
    if let base = table.base { parts.append("base \(base.formattedShortest)") }
    if !table.baseKeys.isEmpty { parts.append("base key \(Message.names(table.baseKeys))") }
    if let share = table.share { parts.append("\(share.formattedShortest) of the head") }
    if let size = table.size { parts.append("\(size) features rotated") }
    if !table.dictionary.isEmpty { parts.append(words(table.dictionary)) }
    if table.isUnrotatedByDefault { parts.append("no rotation where rope_parameters is absent") }
    guard let first = parts.first else { return "a table of its own" }
    let all = parts.dropFirst().reduce(first) { "\($0); \($1)" }
    return "a table of its own: \(all)"
  }

  private var headWords: Message {
    if let size = head.size { return Self.value("\(size) features where the file has none", keys: head.keys) }
    if !head.sum.isEmpty { return "the sum of \(list: head.sum.map { "\($0.key) (\($0.size))" } as [String])" }
    let quotient = head.hiddenFactor == 1 ? "hidden_size / heads" : "\(head.hiddenFactor) · hidden_size / heads"
    return head.keys.isEmpty
      ? Self.value("\(quotient)", keys: []) : "\(Message.names(head.keys)), else \(quotient)"
  }

  private var shareWords: Message {
    let keys = share.keys + share.sizeKeys
    let size: Message =
      share.size.map { "\($0) features" }
      ?? (share.value == 1 ? "the whole head" : "\(share.value.formattedShortest) of the head")
    let value = Self.value(size, keys: keys)
    return share.isHonouredPlain || keys.isEmpty ? value : "\(value); under plain rotation the keys are not read"
  }

  private var pairWords: Message {
    switch pairs {
    case .half: "halves: feature i with i + d/2"
    case .interleaved: "interleaved: feature 2i with 2i + 1"
    case .flag(let keys, true): "\(Message.names(keys)) decides; interleaved where absent"
    case .flag(let keys, false): "\(Message.names(keys)) decides; halves where absent"
    }
  }

  private var unrotatedWords: Message? {
    switch unrotated {
    case .none: nil
    case .types(let types, true): "\(Message.names(types)), in a model that has a window"
    case .types(let types, false): .names(types)
    case .typesExceptLeading(let types, let count, _, _):
      "\(Message.names(types)), but for the first (\(count))"
    case .flags(let key, nil, nil): "those that \(key) flags with 0"
    case .flags(let key, nil, let intervalKey?): "those that \(key) flags with 0 (\(intervalKey))"
    case .flags(let key, let interval?, nil): "those that \(key) flags with 0, every \(interval)th where absent"
    case .flags(let key, let interval?, let intervalKey?):
      "those that \(key) flags with 0, every \(interval)th where absent (\(intervalKey))"
    case .bases(let key, nil): "those whose entry of \(key) is 0"
    case .bases(let key, let interval?):
      "those whose entry of \(key) is 0, every \(interval)th from the end where absent"
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
