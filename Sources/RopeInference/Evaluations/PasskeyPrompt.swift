import RopeMath
import RopeRecords

/// A text of a given number of tokens with something hidden in it, and the question for it.
public struct PasskeyPrompt: Sendable, Hashable {
  public typealias Needle = PasskeyRecord.Needle

  /// All tokens that the model reads before it answers.
  public var tokens: [Int]
  /// What it should answer.
  public var answer: [Int]

  /// What to look for, prose before and after the sentence that names the number, and the question last (after
  /// Mohtashami and Jaggi, arXiv 2305.16300, §4.2, with prose for their repeated filler).
  ///
  /// The prose is a run of the haystack that begins at a random token. What it is cut at are tokens, so that the prompt
  /// and its answer have `length` tokens exactly; the sentence stands after the share `depth` of the prose.
  ///
  /// - Parameters:
  ///   - haystack: tokens of a long text; read in a circle.
  ///   - depth: 0 … 1.
  ///   - needle: what is hidden; the generator chooses the number, or place and thing of the sentence.
  ///   - source: how texts become tokens, and what stands around them; its documents are not read.
  /// - Throws: `InferenceError.option` where `length` has no room for sentence, question and answer.
  public init(
    haystack: [Int], length: Int, depth: Double, needle: Needle, source: EvaluationSource,
    generator: inout SeededGenerator
  ) throws(InferenceError) {
    guard (0...1).contains(depth) else { throw .option("a depth of \(depth) is not possible; it must lie in 0 … 1") }
    guard !haystack.isEmpty else { throw .option("there is no text to hide a passkey in") }
    let hidden = Self.words(of: needle, using: &generator)
    let frame = source.frame
    let introduction = source.encode((frame?.before ?? "") + hidden.introduction)
    let needle = source.encode(hidden.sentence)
    // The answer begins where the tokens of question and answer part from those of the question and a blank, whichever
    // way the tokenizer cuts them.
    let question = hidden.question + (frame?.after ?? ""), answered = source.encode(question + hidden.answer)
    let common = zip(answered, source.encode(question)).prefix { $0 == $1 }.count
    answer = Array(answered[common...])
    guard !answer.isEmpty else { throw .option("the tokenizer cannot write the answer “\(hidden.answer)”") }
    let room = length - source.beginning.count - introduction.count - needle.count - answered.count
    guard room >= 0 else {
      throw .option(
        "a passkey prompt needs \(length - room) tokens besides its prose, more than the \(length) asked for")
    }
    let start = Int.random(in: 0..<haystack.count, using: &generator)
    let prose = (0..<room).map { haystack[(start + $0) % haystack.count] }
    let before = Int((Double(room) * depth).rounded())
    tokens = source.beginning + introduction + prose[..<before] + needle + prose[before...] + answered[..<common]
  }

  private struct Words {
    var introduction: String
    var sentence: String
    var question: String
    var answer: String
  }

  private static func words(of needle: Needle, using generator: inout SeededGenerator) -> Words {
    switch needle {
    case .passkey:
      let key = String(Int.random(in: 10_000...99_999, using: &generator))
      return Words(
        introduction:
          "There is an important piece of information hidden in the text below. Find it and memorise it.\n\n",
        sentence: "\nThe pass key is \(key). Remember it. \(key) is the pass key.\n",
        question: "\nWhat is the pass key? The pass key is ", answer: key)
    case .sentence:
      let place = places.randomElement(using: &generator) ?? places[0]
      let thing = things.randomElement(using: &generator) ?? things[0]
      return Words(
        introduction: "There is a piece of advice about a city hidden in the text below. Find it and memorise it.\n\n",
        sentence: "\nThe best thing to do in \(place) is to \(thing).\n",
        question: "\nWhat is the best thing to do in \(place)? The best thing to do in \(place) is to ", answer: thing)
    }
  }

  private static let places = ["Lisbon", "Toronto", "Nairobi", "Kyoto", "Oslo", "Chicago", "Melbourne", "Warsaw"]
  private static let things = [
    "watch the ferries from the old bridge", "eat a sandwich in the park", "ride the tram to the harbour",
    "buy green apples at the market", "visit the museum of clocks", "climb the tower before sunrise",
    "swim in the cold river", "listen to the street musicians",
  ]
}
