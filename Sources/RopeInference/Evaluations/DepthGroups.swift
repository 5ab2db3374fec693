/// In which order the items of a length are read, and which of them together.
struct DepthGroups {
  struct Place: Hashable {
    /// Place among the depths.
    let depth: Int
    let item: Int
    /// Place among the texts that items are read from.
    let text: Int
  }

  let groups: [[Place]]
  private let depths: Int
  private let items: Int

  /// Texts that are read once each, with several questions at every depth.
  init(depths: [Double], texts: Int, questions: Int) {
    self.depths = depths.count
    items = texts * questions
    groups = (0..<texts).map { text in
      depths.indices.flatMap { depth in
        (0..<questions).map { Place(depth: depth, item: text * questions + $0, text: text) }
      }
    }
  }

  /// - Parameters:
  ///   - items: of each depth.
  ///   - isShared: an item has the same text at every depth but for the place of what is hidden: its depths are read
  ///     together, the shallowest first, since each shares with the next what stands before its own.
  init(depths: [Double], items: Int, isShared: Bool) {
    self.depths = depths.count
    self.items = items
    let order = depths.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }
    groups =
      isShared
      ? (0..<items).map { item in order.map { Place(depth: $0, item: item, text: item) } }
      : depths.indices.flatMap { depth in (0..<items).map { [Place(depth: depth, item: $0, text: $0)] } }
  }

  /// The depths whose items are all read once a group is, in their own order.
  func finished(by group: [Place]) -> [Int] { group.filter { $0.item == items - 1 }.map(\.depth).sorted() }
}
