import Foundation
import RopeConfig
import RopeInference
import RopeMath
import RopeReport
import RopeTokenizer

/// Measures the model of a case: perplexity and passkey under each of its methods, parameters derived from the case's
/// target.
struct CaseEvaluator {
  let plan: EvaluationPlan
  let seed: UInt64
  let resources: MethodResources
  let loadNumbers: @Sendable (String) throws(MethodError) -> [Double]

  /// - Returns: what the database keeps, and the files `perplexity.json` and `passkey.json`.
  /// - Throws: `InferenceError`, `.cancelled` among them, `TokenizerError` or `BatchError`.
  func run(
    _ entry: BatchCase, methods: [String], control: RunControl
  ) throws -> (CaseEvaluations, [(path: String, bytes: [UInt8])]) {
    let files = try RunnableModel(path: entry.model)
    var evaluations = CaseEvaluations()
    var runs: [MethodRun] = []
    for method in methods {
      let specification = try MethodSpecification.parse(method, loadNumbers: loadNumbers)
      do {
        let planner = try MethodPlanner(
          specification, model: files.resolved, targetLength: entry.target, resources: resources)
        for length in lengths { _ = try planner.plans(length: length) }
        runs.append(MethodRun(name: method, planner: planner))
      } catch {
        evaluations.refused.append(CaseEvaluations.Refusal(method: method, reason: error.description))
      }
    }
    let model = try files.languageModel()
    // Each share of the work counts as many tokens as it reads at least.
    let shares = (plan.perplexity.map { Double($0.lengths.reduce(0, +)) } ?? 0, plan.passkey.map(Self.tokens) ?? 0)
    let split = shares.0 / max(1, shares.0 + shares.1)
    var written: [(path: String, bytes: [UInt8])] = []
    if let perplexity = plan.perplexity {
      var record = try self.perplexity(
        perplexity, entry, model, &runs, &evaluations, control: control.scaled(from: 0, to: split))
      for place in record.runs.indices {
        // The same runs must give the same bytes.
        record.runs[place].tokensPerSecond = nil
        record.runs[place].peakMemoryBytes = nil
      }
      evaluations.perplexity = record.runs.map(CaseEvaluations.Perplexity.init)
      written.append(("perplexity.json", Array(try JSONText.encodeBytes(record)) + [0x0A]))
    }
    if let passkey = plan.passkey {
      let record = try self.passkey(passkey, entry, model, runs, control: control.scaled(from: split, to: 1))
      evaluations.passkey = record.cells
      written.append(("passkey.json", Array(try JSONText.encodeBytes(record)) + [0x0A]))
    }
    return (evaluations, written)
  }

  private var lengths: [Int] { (plan.perplexity?.lengths ?? []) + (plan.passkey?.lengths ?? []) }

  private static func tokens(_ passkey: EvaluationPlan.Passkey) -> Double {
    Double(passkey.lengths.reduce(0, +) * passkey.depths.count * passkey.trials)
  }

  /// A method that the forward pass refuses is told and left out; the others go on.
  private func perplexity(
    _ plan: EvaluationPlan.Perplexity, _ entry: BatchCase, _ model: any LanguageModel, _ runs: inout [MethodRun],
    _ evaluations: inout CaseEvaluations, control: RunControl
  ) throws -> PerplexityRecord {
    let tokens: [Int]
    var beginning: [Int] = []
    switch plan.source {
    case .tokenIDs(let path): tokens = try EvaluationInput.tokens(path)
    case .text(let path):
      let tokenizer = try Tokenizer(path: entry.model)
      tokens = tokenizer.encode(try EvaluationInput.text(path))
      beginning = tokenizer.beginning
    }
    var record = PerplexityRecord(runs: [])
    var able: [MethodRun] = []
    for (place, run) in runs.enumerated() {
      let part = control.scaled(from: Double(place) / Double(runs.count), to: Double(place + 1) / Double(runs.count))
      let task = PerplexityEvaluation(
        lengths: plan.lengths, stride: plan.stride, windows: plan.windows, options: RunOptions(control: part))
      do {
        record.runs += try task.run(model, tokens: tokens, methods: [run], beginning: beginning).runs
        able.append(run)
      } catch {
        switch error {
        case .unsupported, .kernel, .method:
          evaluations.refused.append(CaseEvaluations.Refusal(method: run.name, reason: error.description))
        default: throw error
        }
      }
    }
    runs = able
    return record
  }

  private func passkey(
    _ plan: EvaluationPlan.Passkey, _ entry: BatchCase, _ model: any LanguageModel, _ runs: [MethodRun],
    control: RunControl
  ) throws -> PasskeyRecord {
    let tokenizer = try Tokenizer(path: entry.model)
    let haystack = tokenizer.encode(try EvaluationInput.text(plan.text))
    let task = PasskeyEvaluation(
      lengths: plan.lengths, depths: plan.depths, trials: plan.trials, seed: seed, options: RunOptions(control: control)
    )
    return try task.run(model, haystack: haystack, methods: runs, beginning: tokenizer.beginning) {
      tokenizer.encode($0)
    }
  }
}

extension RunControl {
  /// The same for a part of the whole.
  fileprivate func scaled(from: Double, to: Double) -> RunControl {
    let progress = progress
    return RunControl(isCancelled: isCancelled) { progress(from + $0 * (to - from)) }
  }
}
