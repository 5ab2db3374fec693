import Foundation
import RopeInference
import RopeMath
import RopeRecords
import Testing

/// Several questions about one text.
struct SharedTextTaskTests {
  private static let characters = EvaluationSource(encode: { $0.utf8.map { Int($0) } }, decode: { _ in "" })

  private static let tasks: [any SharedTextTask.Type] = EvaluationCatalogue.tasks.compactMap {
    $0 as? any SharedTextTask.Type
  }

  @Test func someTasksTakeSeveralQuestions() {
    #expect(Self.tasks.map { $0.id } == ["needle-sentence", "needle-multikey", "key-value", "copying"])
    for task in EvaluationCatalogue.all {
      #expect(task.card.options.contains(.questions) == Self.tasks.contains { $0.id == task.card.id })
    }
  }

  private func prompts<Task: SharedTextTask>(
    _ task: Task.Type, length: Int, depths: [Double], questions: Int
  ) throws -> [TaskPrompt] {
    let evaluation = TaskEvaluation<Task>(
      EvaluationRequest(lengths: [length], depths: depths, trials: 1, seed: 3, questions: questions))
    return try evaluation.prompts(length: length, text: 0, source: Self.characters)
  }

  @Test(arguments: tasks.map { $0.id }) func everyQuestionIsAboutAFactOfItsOwnInTheSameText(_ id: String) throws {
    let task = try #require(Self.tasks.first { $0.id == id }), depths = [0, 0.25, 0.5, 1]
    for length in [2500, 6000] {
      let prompts = try prompts(task, length: length, depths: depths, questions: 2)
      #expect(prompts.count == 8 && Set(prompts.map { $0.draft.answers }).count == 8)
      let counts = prompts.map { $0.tokens.count + $0.answer.count }, longest = counts.max() ?? 0
      #expect(longest <= length && longest >= length - length / 100, "\(id) of \(length): \(counts)")
      for (place, prompt) in prompts.enumerated() {
        #expect(prompt.draft.context == prompts[0].draft.context && prompt.draft.opening == prompts[0].draft.opening)
        #expect(prompt.draft.isUnambiguous && !prompt.draft.wrong.contains(prompt.draft.answers[0]))
        let start = try #require(prompt.draft.context.range(of: prompt.draft.evidence[0])).lowerBound
        let at = Double(prompt.draft.context[..<start].count) / Double(prompt.draft.context.count)
        #expect(abs(at - depths[place / 2]) < 0.12, "\(id) \(place): \(at)")
      }
      // All that stands before the questions is the same tokens, so that it is read once.
      let shared = prompts.dropFirst().map { prompt in
        zip(prompt.tokens, prompts[0].tokens).prefix { $0 == $1 }.count
      }
      #expect((shared.min() ?? 0) >= prompts[0].draft.opening.utf8.count + prompts[0].draft.context.utf8.count)
    }
  }

  @Test func whoKnowsTheAnswersFindsThemAll() throws {
    let model = try InductionModel()
    let request = EvaluationRequest(
      lengths: [InductionModel.trainedLength], depths: [0.2, 0.8], trials: 2, questions: 2)
    let record = try TaskEvaluation<InContextCopying>(request).run(
      model.language, model.source, methods: model.methods(["none"], target: InductionModel.trainedLength))
    #expect(record.items.count == 8 && record.items.allSatisfy { $0.score == 1 })
    #expect(record.items.map(\.depth) == [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8])
    #expect(record.items.map(\.item) == [0, 1, 2, 3, 0, 1, 2, 3])
    // Two questions share a text, which is the sample.
    #expect(
      record.items.map(\.document) == ["text 1", "text 1", "text 2", "text 2", "text 1", "text 1", "text 2", "text 2"])
    #expect(record.summary.first?.intervalOver == .documents && record.summary.first?.documents == 2)
  }

  @Test func whatHasNoSeveralQuestionsSaysSo() throws {
    let model = try InductionModel()
    func fault<Task: SyntheticTask>(_ task: Task.Type, depths: [Double], questions: Int) -> String? {
      let evaluation = TaskEvaluation<Task>(
        EvaluationRequest(lengths: [400], depths: depths, trials: 1, questions: questions))
      do {
        _ = try evaluation.run(model.language, model.source, methods: model.methods(["none"], target: 512))
        return nil
      } catch { return "\(error)" }
    }
    #expect(fault(SingleNeedle.self, depths: [0], questions: 2)?.contains("asks one question of a text") == true)
    #expect(fault(SentenceNeedle.self, depths: [0, 0.5, 1], questions: 3)?.contains("room for 8 facts") == true)
    #expect(fault(MultiKeyNeedle.self, depths: [0], questions: 0)?.contains("at least 1") == true)
  }
}
