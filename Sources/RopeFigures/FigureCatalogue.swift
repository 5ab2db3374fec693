/// The one list of figure kinds, in the order of a report.
public enum FigureCatalogue {
  public static let all: [any FigureKind.Type] = []

  public static func kind(named id: String) -> (any FigureKind.Type)? {
    all.first { $0.card.id == id.lowercased() }
  }
}
