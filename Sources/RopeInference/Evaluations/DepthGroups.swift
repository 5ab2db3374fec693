/// In which order the items of a length are read, and which of them together.
struct DepthGroups {
  struct Place: Hashable {
    /// Place among the depths.
    let depth: Int
    let item: Int
  }

  let groups: [[Place]]
  private let depths: Int
  private let items: Int

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
      ? (0..<items).map { item in order.map { Place(depth: $0, item: item) } }
      : depths.indices.flatMap { depth in (0..<items).map { [Place(depth: depth, item: $0)] } }
  }

  /// The depths whose items are all read once a group is, in their own order.
  func finished(by group: [Place]) -> [Int] { group.filter { $0.item == items - 1 }.map(\.depth).sorted() }
}
