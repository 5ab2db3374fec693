import Foundation
import RopeInference
import RopeMath
import RopeRecords
import RopeTestSupport
import RopeText
import Testing

/// LongBench's files, metrics, prompts and scores.
@Suite struct LongBenchTests {
  private struct Case: Decodable {
    let metric: String
    let written: String
    let answer: String
    let classes: [String]
    let score: Double
  }

  /// Numbers of LongBench's own metrics.py (Scripts/peers/longbench-goldens.py).
  @Test func metricsScoreAsLongBenchDoes() throws {
    let cases = try JSONDecoder().decode([Case].self, from: Fixtures.data("longbench/metrics.json"))
    var compared: [String: Int] = [:]
    for entry in cases {
      let metric = try #require(LongBenchMetric(rawValue: entry.metric))
      let score = metric.score(entry.written, answer: entry.answer, classes: entry.classes)
      #expect(
        abs(score - entry.score) <= 1e-9,
        "\(entry.metric) of “\(entry.written)” against “\(entry.answer)”: \(score), not \(entry.score)")
      compared[entry.metric, default: 0] += 1
    }
    #expect(compared.count == 6 && compared.values.allSatisfy { $0 >= 8 }, "\(compared)")
  }

  @Test func theBestAnswerCountsAndTheFirstLineWhereItAlone() {
    let metric = LongBenchMetric.answerF1
    #expect(metric.score("Rome", answers: ["Paris", "the Rome"], takesFirstLine: false) == 1)
    #expect(metric.score("\n\nRome\nQuestion: more words", answers: ["Rome"], takesFirstLine: true) == 1)
    #expect(metric.score("\n\nRome\nQuestion: more words", answers: ["Rome"], takesFirstLine: false) < 1)
    // Characters, without punctuation.
    #expect(LongBenchMetric.characterF1.score("巴黎。", answer: "《巴黎》") == 1)
    #expect(abs(LongBenchMetric.characterRouge.score("在巴黎", answer: "巴黎") - 0.8) <= 1e-6)
  }

  private static func item(of dataset: String, input: String, context: String) throws -> LongBenchItem {
    let line =
      #"{"dataset": "\#(dataset)", "input": "\#(input)", "context": "\#(context)", "answers": ["x"], "all_classes": ["x"]}"#
    return try #require(try LongBenchItem.all(in: line, named: "items").first)
  }

  @Test func everyDataSetHasItsPrompt() throws {
    #expect(LongBenchDataset.all.count == 21 && Set(LongBenchDataset.all.map(\.id)).count == 21)
    #expect(LongBenchDataset.named("qasper_e")?.id == "qasper" && LongBenchDataset.named("nothing") == nil)
    for dataset in LongBenchDataset.all {
      let item = try Self.item(of: dataset.id, input: "THE {context} INPUT", context: "THE {input} CONTEXT")
      let prompt = try LongBenchPrompts.own.prompt(of: item)
      #expect(prompt.contains("THE {input} CONTEXT"), "\(dataset.id)")
      #expect(!prompt.hasSuffix(" ") && !prompt.hasPrefix(" "))
    }
    let own = try LongBenchPrompts(json: #"{"lcc": "code: {context}|"}"#, named: "p.json")
    #expect(try own.prompt(of: Self.item(of: "lcc", input: "", context: "x = {1}")) == "code: x = {1}|")
    #expect(throws: InferenceError.self) { try LongBenchPrompts(json: #"{"lcc": "nothing"}"#, named: "p.json") }
    #expect(throws: InferenceError.self) { try LongBenchPrompts(json: "[", named: "p.json") }
  }

  @Test(arguments: [
    ("", "no items"), ("{\"input\": \"a\"}", "f.jsonl:1: “dataset” is missing"),
    ("[1]", "f.jsonl:1: a list is no item"),
    (
      "\n{\"dataset\": \"none such\", \"input\": \"\", \"context\": \"\", \"answers\": [\"x\"]}",
      "f.jsonl:2: no data set"
    ),
    ("{\"dataset\": \"trec\", \"input\": \"\", \"context\": \"\", \"answers\": [\"x\"]}", "“all_classes” is missing"),
    ("{\"dataset\": \"lcc\", \"input\": \"\", \"context\": \"\", \"answers\": []}", "“answers” is missing or empty"),
    ("{\"dataset\": \"lcc\", \"input\": 3, \"context\": \"\", \"answers\": [\"x\"]}", "“input” is missing, or no text"),
    ("{", "f.jsonl:1:"),
  ])
  func badFilesAreRefusedWithTheirLine(_ text: String, _ message: String) {
    let error = #expect(throws: InferenceError.self) { try LongBenchItem.all(in: text, named: "f.jsonl") }
    #expect("\(error.map { "\($0)" } ?? "")".contains(message), "\(error.map { "\($0)" } ?? "")")
  }

  // MARK: A model that knows

  private static let prompts = #"{"hotpotqa": "{context} {input}", "trec": "{context} {input}", "lcc": "{context}"}"#

  /// Words that each stand once, then pairs of keys and values, each with an end.
  private static func context(_ words: Int) -> String {
    let filler = (0..<words).map { "w\($0)" }
    let pairs = (0..<8).map { "key\($0) value\($0) END" }
    let place = words / 4
    return (filler[..<place] + pairs + filler[place...]).joined(separator: " ")
  }

  private static func line(_ dataset: String, context: String, input: String, _ answers: [String], _ more: String = "")
    -> String
  {
    let listed = answers.map { "\"\($0)\"" }.joined(separator: ", ")
    return
      "{\"dataset\": \"\(dataset)\", \"context\": \"\(context)\", \"input\": \"\(input)\", \"answers\": [\(listed)], \"length\": 7, \"_id\": \"id-\(input)\"\(more)}"
  }

  private func run(
    _ lines: [String], _ model: InductionModel, length: Int, methods: [String] = ["none"], writes: Bool = true,
    most: Int? = nil
  ) throws -> ScoreRecord {
    var source = model.source
    source.stops = Set(model.words.encode("END"))
    source.documents = [.init(name: "items.jsonl", content: .text(lines.joined(separator: "\n") + "\n"))]
    let request = EvaluationRequest(
      lengths: [length], trials: most, writesText: writes,
      prompts: try LongBenchPrompts(json: Self.prompts, named: "own.json"))
    return try LongBenchEvaluation(request).run(
      model.language, source, methods: model.methods(methods, target: 2 * InductionModel.trainedLength))
  }

  @Test func whoKnowsTheAnswerWritesIt() throws {
    let context = Self.context(200)
    let record = try run(
      [
        Self.line("hotpotqa", context: context, input: "key3", ["value3"]),
        Self.line("hotpotqa", context: context, input: "key5", ["nothing", "the value5"]),
        Self.line("hotpotqa", context: context, input: "key6", ["value1"]),
        Self.line(
          "trec", context: context, input: "key2", ["value2"],
          ", \"all_classes\": [\"value1\", \"value2\", \"value7\"]"),
      ], InductionModel(), length: 400)
    #expect(record.items.map(\.text) == ["value3", "value5", "value6", "value2"])
    #expect(record.items.map(\.score) == [1, 1, 0, 1] && record.items.map(\.textScore) == [1, 1, 0, 1])
    #expect(record.items.map(\.metric) == ["f1", "f1", "f1", "classification"])
    #expect(record.items.map(\.id) == ["id-key3", "id-key5", "id-key6", "id-key2"])
    #expect(record.items[0].nll < 0.01 && record.items[0].meanRank == 1 && record.items[2].nll > 1)
    #expect(record.items[3].choice == 1 && record.items[3].choices == 3)
    let groups = try #require(record.groups)
    #expect(groups.map(\.name) == ["hotpotqa", "trec", "multi-document QA", "few-shot learning"])
    #expect(groups.map(\.summary.items) == [3, 1, 3, 1] && abs(groups[0].summary.score - 2.0 / 3) <= 1e-12)
    #expect(record.prompts == "own.json" && record.task == "longbench" && record.summary.map(\.score) == [0.75])
    let first = record.table.rows.compactMap(\.first).map { Language.english($0) }
    #expect(first == ["all", "hotpotqa", "trec", "multi-document QA", "few-shot learning"])
    #expect(try JSONDecoder().decode(ScoreRecord.self, from: JSONEncoder().encode(record)) == record)
  }

  @Test func likelihoodAloneSaysWhatWouldBeWritten() throws {
    let context = Self.context(200)
    let record = try run(
      [
        Self.line("hotpotqa", context: context, input: "key3", ["value3"]),
        Self.line("hotpotqa", context: context, input: "key6", ["value1"]),
      ], InductionModel(), length: 400, writes: false)
    #expect(record.items.map(\.score) == [1, 0] && record.items.allSatisfy { $0.text == nil && $0.metric == nil })
  }

  /// What does not fit loses its middle; at twice the trained length a method that holds finds what plain rotation loses.
  @Test func longPromptsLoseTheirMiddle() throws {
    let model = try InductionModel()
    let lines = [Self.line("hotpotqa", context: Self.context(3000), input: "key3", ["value3"])]
    let cut = try run(lines, model, length: 400)
    let item = try #require(cut.items.first)
    // The pairs stood in the middle of what was left out.
    #expect(item.isTruncated == true && item.score == 0 && item.tokens <= 400 && item.tokens > 360, "\(item)")
    let whole = try run(
      [Self.line("hotpotqa", context: Self.context(850), input: "key3", ["value3"])], model, length: 1024,
      methods: ["none", "yarn:factor=2"])
    #expect(whole.items.map(\.isTruncated) == [false, false])
    #expect(whole.items.map(\.score) == [0, 1], "\(whole.items.map(\.text))")
    let comparison = try #require(whole.comparisons.first)
    #expect(comparison.difference == 1 && !comparison.isToldApart)
    #expect(throws: InferenceError.self) { try run(lines, model, length: 40) }
  }

  @Test func itemsAreCountedByDataSet() throws {
    let context = Self.context(100)
    let lines = (0..<4).map { Self.line("hotpotqa", context: context, input: "key\($0)", ["value\($0)"]) }
    let record = try run(lines + [""], InductionModel(), length: 300, most: 2)
    #expect(record.items.map(\.item) == [0, 1])
    // A user's turn about the prompt, what is written after it.
    var source = EvaluationSource(frame: .init(before: "<u> ", after: " <a>"), encode: { _ in [1] }) { _ in "" }
    #expect(source.beginning.isEmpty)
    source.beginning = [3]
    #expect(source.frame?.before == "<u> ")
  }
}
