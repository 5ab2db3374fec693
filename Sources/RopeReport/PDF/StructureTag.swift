import RopeCairo
import RopeChart

/// A kind of element in a tagged document: `P`, `H1`, `LI`, `Figure`.
struct StructureTag: Hashable {
  var kind: String
  /// What is read aloud in place of a figure or formula.
  var text: String?

  init(_ kind: String, text: String? = nil) {
    self.kind = kind
    self.text = text
  }

  var begin: DrawOperation { .beginStructure(kind, text: text) }
}

extension [FlowPiece] {
  /// The innermost element of each piece as one of another kind.
  func tagged(_ kind: String, text: String? = nil) -> [FlowPiece] {
    enumerated().map { place, piece in
      var piece = piece
      piece.tags = piece.tags.dropLast() + [StructureTag(kind, text: text)]
      if place > 0 { piece.continued = Swift.max(piece.continued, piece.tags.count) }
      return piece
    }
  }

  /// All pieces inside one element.
  func inside(_ kind: String) -> [FlowPiece] {
    enumerated().map { place, piece in
      var piece = piece
      piece.tags.insert(StructureTag(kind), at: 0)
      piece.continued = place == 0 ? 0 : piece.continued + 1
      return piece
    }
  }
}

extension [DrawOperation] {
  /// Where a text is a link, the parts of an element as elements of their own: an element that holds others holds no text
  /// itself.
  var withLinksTagged: [DrawOperation] {
    guard contains(where: { if case .link = $0 { true } else { false } }) else { return self }
    return inParts
  }

  /// With a label before the text, a part of its own where the text has parts.
  func led(by label: [DrawOperation]) -> [DrawOperation] {
    let hasParts = contains { if case .beginGroup = $0 { true } else { false } }
    return (hasParts ? label.inParts : label) + self
  }

  /// Texts as spans, those that a link follows as links.
  var inParts: [DrawOperation] {
    var result: [DrawOperation] = [], span: [DrawOperation] = []
    func end() {
      guard !span.isEmpty else { return }
      result += [.beginStructure("Span")] + span + [.endGroup]
      span = []
    }
    for (place, operation) in enumerated() {
      switch operation {
      case .destination: result.append(operation)
      case .link: continue
      case .text:
        if place + 1 < count, case .link = self[place + 1] {
          end()
          result += [.beginStructure("Link"), self[place + 1], operation, .endGroup]
        } else {
          span.append(operation)
        }
      default: span.append(operation)
      }
    }
    end()
    return result
  }
}
