import RopeChart

/// Fills pages with pieces from top to bottom.
struct PageFlow {
  struct Page {
    var operations: [DrawOperation] = []
    /// The section that the page belongs to: the first that begins on it, else the one that goes on.
    var sectionTitle = ""
  }

  let style: PageStyle

  func pages(_ pieces: [FlowPiece]) -> [Page] {
    var pages: [Page] = [Page()]
    var y = 0.0
    var title = ""
    var pageHasOwnTitle = false
    var index = 0
    var open: [StructureTag] = []
    func close(to count: Int) {
      guard open.count > count else { return }
      pages[pages.count - 1].operations += Array(repeating: .endGroup, count: open.count - count)
      open.removeLast(open.count - count)
    }
    /// Elements that hold others go on over a page's end; one that holds text ends, since what stands in the margins is none
    /// of it.
    func newPage() {
      close(to: max(open.count - 1, 0))
      pages.append(Page(sectionTitle: title))
      y = 0
      pageHasOwnTitle = false
    }
    while index < pieces.count {
      var end = index
      while end < pieces.count - 1, pieces[end].keepsWithNext { end += 1 }
      var group = Array(pieces[index...end])
      if y > 0, y + Self.height(group) > style.columnHeight + 0.01 {
        if let lowered = Self.lowered(group, to: style.columnHeight - y) { group = lowered } else { newPage() }
      }
      for piece in group {
        // A group that is taller than a page is cut where it must be.
        if y > 0, y + piece.spaceBefore + piece.height > style.columnHeight + 0.01 { newPage() }
        if y > 0 {
          y += piece.spaceBefore
        } else if !piece.repeatedHead.isEmpty {
          pages[pages.count - 1].operations += piece.repeatedHead.map { $0.moved(style.left, style.top) }
          y += piece.repeatedHeadHeight
        }
        if let own = piece.sectionTitle {
          title = own
          if !pageHasOwnTitle { pages[pages.count - 1].sectionTitle = own }
          pageHasOwnTitle = true
        }
        close(to: min(piece.continued, piece.tags.count))
        for tag in piece.tags.dropFirst(open.count) {
          pages[pages.count - 1].operations.append(tag.begin)
          open.append(tag)
        }
        pages[pages.count - 1].operations += piece.operations.map { $0.moved(style.left, style.top + y) }
        y += piece.height
      }
      index = end + 1
    }
    close(to: 0)
    return pages
  }

  private static func height(_ group: [FlowPiece]) -> Double { group.reduce(0) { $0 + $1.height + $1.spaceBefore } }

  /// The group with its figure made as low as it must be to fit, where that is possible.
  private static func lowered(_ group: [FlowPiece], to space: Double) -> [FlowPiece]? {
    guard let place = group.firstIndex(where: { $0.lowered != nil }) else { return nil }
    let excess = height(group) - space
    guard let piece = group[place].lowered?(group[place].height - excess) else { return nil }
    var group = group
    group[place] = piece
    return group
  }
}
