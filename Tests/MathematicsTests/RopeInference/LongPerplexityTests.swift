import Foundation
import RealModule
import RopeInference
import RopeMath
import RopeRecords
import Testing

/// LongPPL: which tokens are key ones, and what they cost.
@Suite struct LongPerplexityTests {
  /// A run of words that comes again after more than a short context of others: only with the whole context is it known.
  private static func text(_ model: InductionModel, repeated: Int = 30, between: Int = 300) -> [Int] {
    let first = (0..<repeated).map { "r\($0)" }, rest = (0..<between).map { "b\($0)" }
    return model.words.encode((first + rest + first).joined(separator: " "))
  }

  private func record(
    _ model: InductionModel, _ tokens: [Int], methods: [String], lengths: [Int], short: Int
  ) throws -> LongPerplexityRecord {
    let request = EvaluationRequest(lengths: lengths, shortContext: short)
    return try LongPerplexityEvaluation(request).run(
      model.language, EvaluationSource(tokens: tokens), methods: model.methods(methods, target: 1024))
  }

  @Test func keyTokensAreThoseThatNeedTheLongContext() throws {
    let model = try InductionModel(), tokens = Self.text(model)
    let record = try record(model, tokens, methods: ["none", "linear:factor=2"], lengths: [tokens.count], short: 64)
    let run = record.runs[0], other = record.runs[1]
    // All of the second run but its first word, which nothing tells.
    #expect(run.keyTokens == 29 && run.windows == 1 && run.tokensScored == tokens.count - 64, "\(run)")
    #expect((run.perplexity ?? .infinity) < 1.05 && run.meanLoss > 1 && run.evaluator == "none")
    #expect(run.shortContext == 64 && run.step == 16)
    // The same tokens under a method that loses them.
    #expect(other.keyTokens == 29 && (other.nll ?? 0) > 2 && other.evaluator == "none")
    #expect(abs((other.perplexity ?? 0) - .exp(other.nll ?? 0)) <= 1e-9 * .exp(other.nll ?? 0))
    // Where the short context holds the first run too, no token needs a longer one.
    let near = try self.record(
      model, Self.text(model, between: 40), methods: ["none"], lengths: [100], short: 90)
    #expect(near.runs[0].keyTokens == 0 && near.runs[0].nll == nil && near.runs[0].perplexity == nil)
    let text = String(decoding: try JSONEncoder().encode(near), as: UTF8.self)
    #expect(text.contains("\"perplexity\":null") && text.contains("ropescope.longppl"))
    #expect(try JSONDecoder().decode(LongPerplexityRecord.self, from: JSONEncoder().encode(record)) == record)
  }

  /// The definition written out: losses of the whole window, and of each short context with the tokens that share it.
  @Test func lossesAreThoseOfTheDefinition() throws {
    let model = try InductionModel(), tokens = Self.text(model, repeated: 20, between: 150)
    let short = 40, step = 10
    let run = try record(model, tokens, methods: ["none"], lengths: [tokens.count], short: short).runs[0]
    let method = try model.methods(["none"], target: 1024)[0]
    func losses(_ part: [Int]) throws -> [Double] {
      [.nan]
        + (try model.language.losses(of: part, plans: method.planner.plans(length: part.count), options: RunOptions()))
    }
    let long = try losses(tokens)
    var key: [Double] = [], start = 0
    while start < tokens.count - short {
      let part = Array(tokens[start..<min(tokens.count, start + short + step)])
      let own = try losses(part)
      for place in short..<part.count {
        let full = long[start + place]
        if own[place] - full > 2, full < 2 { key.append(full) }
      }
      start += step
    }
    #expect(run.keyTokens == key.count && key.count > 10)
    #expect(abs((run.nll ?? .nan) - key.reduce(0, +) / Double(key.count)) <= 1e-9)
    let all = long.dropFirst()
    #expect(abs(run.meanLoss - all.reduce(0, +) / Double(all.count)) <= 1e-9)
  }

  /// The evaluator's whole windows are those of its row, and methods that rotate alike share theirs.
  @Test func nothingIsReadTwice() throws {
    let model = try InductionModel(), tokens = Self.text(model, repeated: 20, between: 150)
    let pieces = FinishedPieces(), request = EvaluationRequest(lengths: [tokens.count], shortContext: 40)
    let record = try LongPerplexityEvaluation(request).run(
      model.language, EvaluationSource(tokens: tokens),
      methods: model.methods(["none", "linear:factor=1"], target: 1024),
      checkpoint: pieces.checkpoint())
    let read = pieces.all
    #expect(record.runs[0].nll == record.runs[1].nll && record.runs[0].keyTokens > 10)
    #expect(read.count { $0.values.count == tokens.count - 1 } == 1 && Set(read.map(\.key)).count == read.count)
  }

  @Test func severalWindowsAndWhatCannotBeAsked() throws {
    let model = try InductionModel()
    let tokens = Self.text(model) + Self.text(model)
    let run = try record(model, tokens, methods: ["none"], lengths: [360], short: 64).runs[0]
    #expect(run.windows == 2 && run.keyTokens == 58)
    #expect(throws: InferenceError.self) {
      try record(model, tokens, methods: ["none"], lengths: [64], short: 64)
    }
    #expect(throws: InferenceError.self) {
      try record(model, tokens, methods: ["none"], lengths: [10_000], short: 64)
    }
  }
}
