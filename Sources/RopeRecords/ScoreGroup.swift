/// The scores of one data set, or of one category of data sets, under one method at one length.
public struct ScoreGroup: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Codable {
    case dataset
    case category
  }

  public var kind: Kind
  /// As the items call it.
  public var name: String
  public var summary: ScoreSummary

  /// Data sets in the order of the items, then categories; nil where no item belongs to one.
  static func all(_ items: [ScoreRecord.Item]) -> [ScoreGroup]? {
    func groups(_ kind: Kind, _ name: (ScoreRecord.Item) -> String?) -> [ScoreGroup] {
      var names: [String] = []
      for item in items { if let name = name(item), !names.contains(name) { names.append(name) } }
      return names.flatMap { group in
        ScoreSummary.all(items.filter { name($0) == group }).map { ScoreGroup(kind: kind, name: group, summary: $0) }
      }
    }
    let all = groups(.dataset, \.dataset) + groups(.category, \.category)
    return all.isEmpty ? nil : all
  }
}
