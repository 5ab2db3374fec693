import RopeMath

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
      items.filter { name($0) != nil }.grouped { name($0) ?? "" }.flatMap { group, members in
        ScoreSummary.all(members).map { ScoreGroup(kind: kind, name: group, summary: $0) }
      }
    }
    let all = groups(.dataset, \.dataset) + groups(.category, \.category)
    return all.isEmpty ? nil : all
  }
}
