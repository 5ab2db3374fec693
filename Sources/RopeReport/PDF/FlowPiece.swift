import RopeChart

/// A strip of a page's column that is never cut: a line, a table row, a figure.
struct FlowPiece {
  var height: Double
  /// Drawn with the strip's top left corner at (0, 0).
  var operations: [DrawOperation] = []
  /// Of a line of text, from the top.
  var baseline = 0.0
  /// Where the piece stands in the structure of a tagged document, outermost first, and how many of these it shares with
  /// the piece before.
  var tags: [StructureTag] = []
  var continued = 0
  /// Space above, dropped at the head of a page.
  var spaceBefore = 0.0
  /// Whether the page may not end after it.
  var keepsWithNext = false
  /// Section title that the running head shows from here on.
  var sectionTitle: String?
  /// Rows of the same table carry its head, drawn again where a page begins with them.
  var repeatedHead: [DrawOperation] = []
  var repeatedHeadHeight = 0.0
  /// A lower form of a figure for the space that is left, or nil where that is too little to be read.
  var lowered: ((_ height: Double) -> FlowPiece?)?
}
