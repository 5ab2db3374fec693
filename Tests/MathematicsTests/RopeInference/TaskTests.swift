import Foundation
import RopeInference
import RopeMath
import RopeRecords
import RopeTestSupport
import Testing

/// The generated tasks: sizes, answers, seeds, and what models that know or do not know the answer score.
@Suite struct TaskTests {
  private static let ids: [String] = EvaluationCatalogue.tasks.map { $0.id }

  /// Runs of letters, single digits and signs: as fine as real tokenizers are.
  private static let words = EvaluationSource(
    encode: { text in
      var tokens: [Int] = []
      var word = ""
      func end() {
        guard !word.isEmpty else { return }
        var hash = StableHash()
        hash.add(word)
        tokens.append(Int(hash.value >> 1))
        word = ""
      }
      for scalar in text.unicodeScalars {
        switch scalar {
        case "a"..."z", "A"..."Z":
          word.unicodeScalars.append(scalar)
          if word.count == 5 { end() }
        case " ":
          end()
          word = " "
        default:
          end()
          tokens.append(Int(scalar.value))
        }
      }
      end()
      return tokens
    }, decode: { _ in "" })

  private static let characters = EvaluationSource(encode: { $0.utf8.map { Int($0) } }, decode: { _ in "" })

  private func task(_ id: String) throws -> any SyntheticTask.Type {
    for task in EvaluationCatalogue.tasks where task.id == id { return task }
    throw TaskError.unknown
  }

  private enum TaskError: Error { case unknown }

  private func prompts(
    _ task: any SyntheticTask.Type, length: Int, depth: Double = 0.5, item: Int = 0, seed: UInt64 = 0,
    _ source: EvaluationSource = words
  ) throws -> TaskPrompt {
    func prompt<Task: SyntheticTask>(_ task: Task.Type) throws -> TaskPrompt {
      try TaskEvaluation<Task>(EvaluationRequest(lengths: [length], seed: seed))
        .prompt(length: length, depth: depth, item: item, source: source)
    }
    return try prompt(task)
  }

  @Test(arguments: ids) func budgetsAreFilledAndNeverExceeded(_ id: String) throws {
    let task = try task(id)
    // Ten common words ten times each take more than a thousand tokens.
    for length in [1000, 1024, 2500, 4096, 6000] where id != CommonWords.id || length > 2000 {
      for item in 0..<2 {
        let prompt = try prompts(task, length: length, item: item)
        let count = prompt.tokens.count + prompt.answer.count
        #expect(count <= length && count >= length - length / 100, "\(id) of \(length): \(count)")
      }
    }
    // A budget with no room is refused in words.
    #expect(throws: InferenceError.self) { try prompts(task, length: 20) }
  }

  @Test(arguments: ids) func answersStandInTheirEvidenceAlone(_ id: String) throws {
    let task = try task(id)
    var answers: Set<[String]> = []
    for seed in 0..<UInt64(60) {
      let length = id == CommonWords.id ? 2400 : 1200
      let prompt = try prompts(task, length: length, depth: Double(seed % 5) / 4, seed: seed)
      // Without the evidence nothing of the answer is left.
      var rest = prompt.draft.prompt
      for evidence in prompt.draft.evidence {
        let range = try #require(rest.range(of: evidence), "\(id), seed \(seed): the evidence is not in the prompt")
        rest.removeSubrange(range)
      }
      for answer in prompt.draft.answers {
        #expect(!rest.contains(answer), "\(id), seed \(seed): “\(answer)” stands elsewhere")
        #expect(prompt.draft.evidence.contains { $0.contains(answer) })
      }
      #expect(Set(prompt.draft.answers).count == prompt.draft.answers.count)
      #expect(Set(prompt.draft.wrong).isDisjoint(with: prompt.draft.answers.prefix(1)))
      answers.insert(prompt.draft.answers)
    }
    #expect(answers.count >= (id == SentenceNeedle.id ? 6 : 59), "\(id): \(answers.count) answers of 60 seeds")
  }

  @Test(arguments: ids) func promptsAreThoseOfTheGoldenFiles(_ id: String) throws {
    let task = try task(id)
    let prompt = try prompts(task, length: id == CommonWords.id ? 2600 : 1000, depth: 0.25, seed: 7, Self.characters)
    let text = prompt.draft.prompt + "|" + prompt.draft.answer + "\n"
    let difference = Golden.difference(text, from: "tasks/\(id).txt")
    #expect(difference == nil, "\(difference ?? "")")
    // Characters are tokens, so that the parts can be read off.
    let answer = Array(prompt.draft.answer.utf8)
    #expect(prompt.answer == answer.map { Int($0) })
    #expect(
      prompt.parts.map { String(decoding: answer[$0], as: UTF8.self).trimmingCharacters(in: .whitespaces) }
        == prompt.draft.answers)
  }

  @Test func theSameSeedAsksTheSame() throws {
    for task in EvaluationCatalogue.tasks {
      #expect(try prompts(task, length: 2500) == prompts(task, length: 2500))
      #expect(try prompts(task, length: 2500, seed: 1).draft != prompts(task, length: 2500).draft)
      #expect(try prompts(task, length: 2500, item: 1).draft != prompts(task, length: 2500).draft)
    }
  }

  @Test func depthsAreWhereTheyAreAskedFor() throws {
    for task in EvaluationCatalogue.tasks where task.hasDepth {
      let places = try [0, 0.5, 1].map { depth -> Double in
        let draft = try prompts(task, length: 3000, depth: depth).draft
        let start = try #require(draft.context.range(of: draft.evidence[0])).lowerBound
        return Double(draft.context[..<start].count) / Double(draft.context.count)
      }
      #expect(places[0] < 0.03 && abs(places[1] - 0.5) < 0.05 && places[2] > 0.9, "\(task.id): \(places)")
    }
  }

  @Test func commonWordsComeTenTimesAsOften() throws {
    for length in [2600, 6000] {
      let draft = try prompts(CommonWords.self, length: length).draft
      let words = draft.context.split(separator: " ").filter { !$0.hasSuffix(".") }
      let counts = Dictionary(grouping: words, by: { String($0) }).mapValues(\.count)
      let often = length < 4096 ? 10 : 30
      #expect(draft.answers.allSatisfy { counts[$0] == often } && draft.answers.count == 10)
      #expect(counts.filter { !draft.answers.contains($0.key) }.allSatisfy { $0.value == often / 10 })
      let first = draft.answers.compactMap { words.firstIndex(of: Substring($0)) }
      #expect(first == first.sorted())
    }
  }

  @Test func frequenciesFollowTheZetaLaw() throws {
    let draft = try prompts(FrequentWords.self, length: 4000).draft
    let words = draft.context.split(separator: " ").map { String($0) }
    let counts = Dictionary(grouping: words, by: { $0 }).mapValues(\.count).sorted { $0.value > $1.value }
    #expect(counts[0].key == "...." && counts[1...3].map(\.key) == draft.answers)
    for rank in 1...4 {
      let expected = Double(words.count) * 6 / (.pi * .pi) / Double(rank * rank)
      #expect(abs(Double(counts[rank - 1].value) - expected) <= 1)
    }
    #expect(counts[3].value > counts[4].value)
  }

  @Test func proseOfAFileIsReadAndNamed() throws {
    var source = Self.words
    source.documents = ["a", "b"].map { name in
      .init(
        name: name,
        content: .text(String(repeating: "It was a long day in the village of \(name). ", count: 9)))
    }
    let prompt = try prompts(SingleNeedle.self, length: 1000, item: 1, source)
    #expect(prompt.draft.context.contains("village of b.") && !prompt.draft.context.contains("village of a."))
  }

  // MARK: A model that knows

  private func scores<Task: SyntheticTask>(
    _ task: Task.Type, _ model: InductionModel, _ methods: [String], length: Int, depths: [Double]
  ) throws -> [String: [Double]] {
    let request = EvaluationRequest(lengths: [length], depths: depths, trials: 2, writesText: true)
    let record = try TaskEvaluation<Task>(request).run(
      model.language, model.source, methods: model.methods(methods, target: 2 * InductionModel.trainedLength))
    for item in record.items {
      // What is found is written, too.
      #expect((item.score == 1) == (item.textScore == 1), "\(item)")
    }
    return Dictionary(grouping: record.items, by: \.method).mapValues { $0.map(\.score) }
  }

  @Test func whoKnowsTheAnswerFindsItWithinTheTrainedLength() throws {
    let depths = [0, 0.5, 1]
    let copied = try scores(
      InContextCopying.self, InductionModel(), ["none"], length: InductionModel.trainedLength, depths: depths)
    #expect(copied == ["none": Array(repeating: 1, count: 6)])
    let retrieved = try scores(
      KeyValueRetrieval.self, InductionModel(), ["none"], length: InductionModel.trainedLength, depths: depths)
    #expect(retrieved == ["none": Array(repeating: 1, count: 6)])
  }

  /// At twice the trained length what stands at the beginning is lost under plain rotation, and under NTK-aware scaling,
  /// which leaves the pair that matters nearly as it is. Interpolation turns the fast pairs half as far, so that the first
  /// layer looks two tokens back. YaRN brings the one back and keeps the other.
  @Test func whoKnowsTheAnswerLosesItBeyond() throws {
    let methods = ["none", "ntk:factor=2", "linear:factor=2", "yarn:factor=2"], lost = [0.0, 0], found = [1.0, 1]
    let length = 2 * InductionModel.trainedLength
    for scores in [
      try scores(InContextCopying.self, InductionModel(), methods, length: length, depths: [0]),
      try scores(KeyValueRetrieval.self, InductionModel(), methods, length: length, depths: [0]),
    ] {
      #expect(
        scores == ["none": lost, "ntk:factor=2": lost, "linear:factor=2": lost, "yarn:factor=2": found], "\(scores)")
    }
  }

  @Test func recordsTellWhatWasAnswered() throws {
    let model = try InductionModel()
    let request = EvaluationRequest(lengths: [300, 2 * InductionModel.trainedLength], depths: [0], trials: 6)
    let record = try TaskEvaluation<KeyValueRetrieval>(request).run(
      model.language, model.source, methods: model.methods(["none", "yarn:factor=2"], target: 1024))
    #expect(record.summary.map(\.score) == [1, 0, 1, 1] && record.summary.allSatisfy { $0.items == 6 })
    #expect(record.summary.allSatisfy { $0.intervalOver == .items && $0.documents == 6 })
    // Wilson: 6 of 6.
    #expect(abs((record.summary[0].lower ?? 0) - 0.6097) <= 1e-4 && record.summary[0].upper == 1)
    let beyond = try #require(record.comparisons.last)
    #expect(beyond.test == .exact && beyond.difference == 1 && abs((beyond.p ?? 1) - 2.0 / 64) <= 1e-12)
    #expect(beyond.isToldApart && !record.comparisons[0].isToldApart && record.comparisons[0].p == 1)
    // Right answers are the first choice among the values of other keys.
    #expect(record.summary[0].chosen == 1 && record.summary[1].chosen ?? 1 < 1)
    let keys = try JSONSerialization.jsonObject(with: JSONEncoder().encode(record)) as? [String: Any]
    let item = try #require((keys?["items"] as? [[String: Any]])?.first)
    #expect(
      Set(item.keys).isSuperset(of: ["method", "length", "depth", "item", "score", "nll", "document"])
        && keys?["schema"] as? String == "ropescope.scores/1")
    #expect(try JSONDecoder().decode(ScoreRecord.self, from: JSONEncoder().encode(record)) == record)
  }

  @Test func everyEvaluationIsInTheCatalogueOnce() {
    let ids = EvaluationCatalogue.all.map { $0.card.id }
    #expect(Set(ids).count == ids.count && ids.prefix(2) == ["perplexity", "passkey"])
    #expect(EvaluationCatalogue.evaluation(named: "copying")?.card.options.contains(.depths) == true)
    #expect(EvaluationCatalogue.evaluation(named: "common-words")?.card.options.contains(.depths) == false)
    #expect(EvaluationCatalogue.evaluation(named: "nothing") == nil)
    for kind in EvaluationCatalogue.all { #expect(!kind.card.summary.hasSuffix(".")) }
  }
}
