import RopeMath

/// A sentence about a place hidden in prose, and a question that it answers.
public enum SentenceNeedle: SharedTextTask {
  public static let id = "needle-sentence"
  public static let title = "Sentence in a haystack"
  public static let summary = "An ordinary sentence hidden in prose, and a question that only it answers"
  public static let details =
    "After Kamradt's needle in a haystack (2023): a sentence without digits or keys, at the depth asked for. Wrong answers are what the same sentence says of other places."
  public static let references: [Reference] = [
    Reference(
      "Needle in a haystack", source: "gkamradt/LLMTest_NeedleInAHaystack",
      url: "https://github.com/gkamradt/LLMTest_NeedleInAHaystack")
  ]
  public static let hasDepth = true
  public static let growth = TaskGrowth.prose(least: 12)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let place = places[Int(generator.next() % UInt64(places.count))]
    var things = things
    generator.shuffle(&things)
    let start = Int(generator.next() % UInt64(size.prose.count))
    let context = size.prose.text(
      size.units, from: start, holding: [(share: depth, sentence: sentence(place, things[0]))])
    return draft(place, things[0], among: things, in: context, topic: "a city")
  }

  public static var mostFacts: Int { things.count }

  public static func drafts(
    _ size: TaskSize, depths: [Double], using generator: inout SeededGenerator
  ) -> [TaskDraft] {
    var places = places, things = things
    generator.shuffle(&places)
    generator.shuffle(&things)
    let start = Int(generator.next() % UInt64(size.prose.count)), facts = zip(places, things)
    let context = size.prose.text(
      size.units, from: start, holding: zip(depths, facts).map { (share: $0, sentence: sentence($1.0, $1.1)) })
    return zip(depths, facts).map { draft($1.0, $1.1, among: things, in: context, topic: "cities") }
  }

  private static func sentence(_ place: String, _ thing: String) -> String {
    "The best thing to do in \(place) is to \(thing)."
  }

  private static func draft(
    _ place: String, _ thing: String, among things: [String], in context: String, topic: String
  ) -> TaskDraft {
    TaskDraft(
      opening: "Advice about \(topic) is hidden in the text below. Keep it in mind; it is asked for after it.",
      context: context,
      question:
        "\n\nQuestion: What is the best thing to do in \(place)?\nAnswer: The best thing to do in \(place) is to",
      answers: [thing], wrong: things.filter { $0 != thing }, evidence: [sentence(place, thing)])
  }

  private static let places = [
    "Lisbon", "Toronto", "Nairobi", "Kyoto", "Oslo", "Chicago", "Melbourne", "Warsaw", "Quito", "Tallinn", "Porto",
    "Dakar",
  ]
  private static let things = [
    "watch the ferries from the old bridge", "eat a sandwich in the park", "ride the tram up to the castle",
    "buy green apples at the market", "visit the museum of clocks", "climb the tower before sunrise",
    "swim in the cold river", "listen to the street musicians",
  ]
}
