import Foundation

/// Places the short texts above a frame (names of upright rules and strips, values of lines that leave) in rows, so
/// that no text touches another and no leader runs through one.
struct TopLabels {
  struct Item {
    var text: String
    var width: Double
    /// Point along x that the text belongs to.
    var x: Double
    var paint: Paint
    /// Whether a leader must connect the text with the frame's edge.
    var hasLeader: Bool
    var key: String?
    /// The series that is named; nil for rules, strips and bare values.
    var named: PanelContent.Named?
  }

  struct Placed {
    var item: Item
    var left: Double
    var row: Int
    /// Whether the text stands beside its leader instead of over it.
    var isBeside: Bool
  }

  static let gap = 4.0

  /// Positions for all items in the fewest rows, at most three; nil where there is no room.
  static func place(_ items: [Item], within bounds: ClosedRange<Double>) -> [Placed]? {
    guard !items.isEmpty else { return [] }
    let sorted = items.enumerated().sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
    for rows in 1...3 {
      var budget = 20_000
      if let found = search(sorted[...], [], rows: rows, bounds, &budget) { return found }
    }
    return nil
  }

  private static func search(
    _ open: ArraySlice<Item>, _ placed: [Placed], rows: Int, _ bounds: ClosedRange<Double>, _ budget: inout Int
  ) -> [Placed]? {
    guard let item = open.first else { return placed }
    for row in 0..<rows {
      for candidate in candidates(item, row: row, bounds) {
        budget -= 1
        guard budget > 0 else { return nil }
        guard placed.allSatisfy({ agrees($0, candidate) && agrees(candidate, $0) }) else { continue }
        if let found = search(open.dropFirst(), placed + [candidate], rows: rows, bounds, &budget) { return found }
      }
    }
    return nil
  }

  private static func candidates(_ item: Item, row: Int, _ bounds: ClosedRange<Double>) -> [Placed] {
    let centred = min(max(item.x - item.width / 2, bounds.lowerBound), bounds.upperBound - item.width)
    var lefts = [(centred, false)]
    lefts.append((item.x + 2.5, true))
    lefts.append((item.x - 2.5 - item.width, true))
    return lefts.filter { $0.0 >= bounds.lowerBound - 1e-6 && $0.0 + item.width <= bounds.upperBound + 1e-6 }
      .map { Placed(item: item, left: $0.0, row: row, isBeside: $0.1) }
  }

  /// Whether the texts keep apart, and the first one's leader keeps off the second one's text.
  private static func agrees(_ one: Placed, _ other: Placed) -> Bool {
    let (left, right) = (other.left, other.left + other.item.width)
    if one.row == other.row, one.left < right + gap, left < one.left + one.item.width + gap { return false }
    let reaches = one.isBeside ? one.row : one.row - 1
    return !(one.item.hasLeader && other.row <= reaches && one.item.x > left - 1.5 && one.item.x < right + 1.5)
  }
}
