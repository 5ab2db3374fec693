import RopeMath

/// A task whose text can hold several facts of the same form, each asked for in a question of its own, so that a long text
/// is read once for all of them.
public protocol SharedTextTask: SyntheticTask {
  /// Facts that a text can hold at most.
  static var mostFacts: Int { get }
  /// Units of a text that one fact takes, where an item alone is a text with one fact.
  static var unitsOfFact: Int { get }

  /// Items of the same opening and context, one for each fact in the order of the depths. What the other questions ask
  /// for are the first wrong answers of each.
  ///
  /// - Parameters:
  ///   - size: units are those beside the facts.
  ///   - depths: 0 … 1, where each fact stands; at most `mostFacts`.
  static func drafts(_ size: TaskSize, depths: [Double], using generator: inout SeededGenerator) -> [TaskDraft]
}

extension SharedTextTask {
  public static var unitsOfFact: Int { 0 }

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    var size = size
    size.units -= unitsOfFact
    return drafts(size, depths: [depth], using: &generator)[0]
  }
}
