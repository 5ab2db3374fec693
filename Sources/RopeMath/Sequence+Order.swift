/// What several elements have in common, in the order in which it first comes.
extension Sequence {
  /// The different values of the elements, each once.
  package func distinct<Value: Hashable>(_ value: (Element) -> Value) -> [Value] {
    var seen: Set<Value> = []
    return map(value).filter { seen.insert($0).inserted }
  }

  /// The elements by a value of theirs.
  package func grouped<Value: Hashable>(by value: (Element) -> Value) -> [(value: Value, elements: [Element])] {
    let groups = Dictionary(grouping: self, by: value)
    return distinct(value).map { ($0, groups[$0] ?? []) }
  }
}

extension Sequence where Element: Hashable {
  /// The elements, each once.
  package func distinct() -> [Element] { distinct { $0 } }
}
