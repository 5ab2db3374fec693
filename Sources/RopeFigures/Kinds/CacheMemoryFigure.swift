import RopeAnalysis
import RopeChart

/// Size of the key–value cache.
public enum CacheMemoryFigure: FigureKind {
  public static let card = FigureCard(
    id: "cache-memory", title: "Key–value cache",
    summary: "Memory of the key–value cache of one sequence against the length.", analyses: [CacheMemory.card.id],
    topic: .cost)

  public static func chart(_ data: FigureData) -> Figure? {
    guard let curve = data.baseline(card.analyses[0], "bytes"), let bytes = curve.summary[.bytesAtTarget] else {
      return nil
    }
    let language = data.language
    let title = language("The cache takes \(Wording.bytes(bytes)) at \(data.targetText)")
    let panel = Panel(
      x: data.lengthAxis(language("Length in context (tokens)")),
      y: Axis(language("Cache of one sequence"), scale: .log2, format: .bytes),
      marks: data.lengthRules(.vertical) + [
        .line(Mark.Series(label: "bfloat16", style: MethodStyles.style(ids: ["none"]), x: curve.x, y: curve.y))
      ])
    return Figure(
      id: card.id, title: title,
      caption: language.paragraph([
        language(
          "Keys and values of one sequence in bfloat16, \(Wording.bytes(curve.summary[.bytesPerToken] ?? 0)) a token."
        ), data.setting, language("The same for every method that keeps all keys."),
      ]),
      alternativeText: language("Cache size against length. \(title)."), panels: [panel], aspect: 0.5)
  }
}
