import RopeMath

/// A text of a given number of tokens with a number hidden in it, and the question for it.
public struct PasskeyPrompt: Sendable, Hashable {
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
  /// - Throws: `InferenceError.option` where `length` has no room for sentence, question and answer.
  public init(
    haystack: [Int], length: Int, depth: Double, beginning: [Int] = [], tokenize: (String) -> [Int],
    generator: inout SeededGenerator
  ) throws(InferenceError) {
    guard (0...1).contains(depth) else { throw .option("a depth of \(depth) is not possible; it must lie in 0 … 1") }
    guard !haystack.isEmpty else { throw .option("there is no text to hide a passkey in") }
    let key = String(Int.random(in: 10_000...99_999, using: &generator))
    let introduction = tokenize(
      "There is an important piece of information hidden in the text below. Find it and memorise it.\n\n")
    let needle = tokenize("\nThe pass key is \(key). Remember it. \(key) is the pass key.\n")
    // The answer begins where the tokens of question and number part from those of the question and a blank, whichever
    // way the tokenizer cuts them.
    let question = "\nWhat is the pass key? The pass key is "
    let answered = tokenize(question + key)
    let common = zip(answered, tokenize(question)).prefix { $0 == $1 }.count
    answer = Array(answered[common...])
    let room = length - beginning.count - introduction.count - needle.count - answered.count
    guard room >= 0 else {
      throw .option(
        "a passkey prompt needs \(length - room) tokens besides its prose, more than the \(length) asked for")
    }
    let start = Int.random(in: 0..<haystack.count, using: &generator)
    let prose = (0..<room).map { haystack[(start + $0) % haystack.count] }
    let before = Int((Double(room) * depth).rounded())
    tokens = beginning + introduction + prose[..<before] + needle + prose[before...] + answered[..<common]
  }
}
