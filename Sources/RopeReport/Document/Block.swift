/// One piece of a document. Every renderer knows every case; the payloads are in the files named `Block+…`.
public enum Block: Sendable, Hashable, Codable {
  /// A paragraph.
  case prose(Prose)
  /// The answer, sentence by sentence, each with the figure that shows it.
  case verdict(Verdict)
  /// Items without order, or numbered.
  case list(List)
  case keyValues(KeyValues)
  case table(Table)
  case chart(Chart)
  case formula(Formula)
  case code(Code)
  case findings(Findings)
  case citations(Citations)
  /// Closed at first on a screen, open on paper.
  case details(Details)
  case note(Note)

  /// The slug that links point to; nil for blocks that have none.
  public var id: String? {
    switch self {
    case .table(let table): table.id
    case .chart(let chart): chart.id
    case .formula(let formula): formula.id
    case .details(let details): details.id
    case .findings(let findings): findings.id
    case .prose, .verdict, .list, .keyValues, .code, .citations, .note: nil
    }
  }
}
