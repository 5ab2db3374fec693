/// What makes a task's text longer.
public enum TaskGrowth: Sendable, Hashable {
  /// Words of prose about the facts; no item has fewer than these.
  case prose(least: Int)
  /// Entries of a list, whose remainder is filled with words of prose before it.
  case entries(least: Int)

  var least: Int {
    switch self {
    case .prose(let least), .entries(let least): least
    }
  }
}
