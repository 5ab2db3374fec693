import Foundation
import RopeConfig
import RopeInference
import RopeMath
import RopeRecords
import RopeReport
import RopeTokenizer

/// Measures the model of a case by each evaluation of the plan under each of its methods, parameters derived from the
/// case's target.
struct CaseEvaluator {
  let plan: EvaluationPlan
  let resources: MethodResources
  let loadNumbers: @Sendable (String) throws(MethodError) -> [Double]

  /// - Returns: what the database keeps, and a file an evaluation: `perplexity.json`.
  /// - Throws: `InferenceError`, `.cancelled` among them, `TokenizerError` or `BatchError`.
  func run(
    _ entry: BatchCase, methods: [String], control: RunControl
  ) throws -> (CaseEvaluations, [(path: String, bytes: [UInt8])]) {
    let files = try RunnableModel(path: entry.model)
    var evaluations = CaseEvaluations()
    var runs: [MethodRun] = []
    let lengths = Set(plan.entries.flatMap(\.request.lengths))
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
    let total = max(1, plan.tokensPerMethod)
    var done = 0.0, written: [(path: String, bytes: [UInt8])] = []
    for evaluation in plan.entries {
      guard let kind = EvaluationCatalogue.evaluation(named: evaluation.id) else { continue }
      let tokens = kind.init(evaluation.request).tokensPerMethod
      let part = control.part(from: done / total, to: (done + tokens) / total)
      written.append(
        (
          "\(evaluation.id).json",
          try measure(kind, evaluation, entry, model, &runs, &evaluations, control: part)
        ))
      done += tokens
    }
    return (evaluations, written)
  }

  /// A method that the forward pass refuses is told and left out; the others go on.
  private func measure<Kind: Evaluation>(
    _ kind: Kind.Type, _ evaluation: EvaluationPlan.Entry, _ entry: BatchCase, _ model: any LanguageModel,
    _ runs: inout [MethodRun], _ evaluations: inout CaseEvaluations, control: RunControl
  ) throws -> [UInt8] {
    let source = try source(of: evaluation, entry)
    var parts: [Kind.Record.Part] = [], able: [MethodRun] = []
    for (place, run) in runs.enumerated() {
      var task = Kind(evaluation.request)
      task.options.control = control.part(place, of: runs.count)
      do throws(InferenceError) {
        parts += try task.run(model, source, methods: [run], checkpoint: .none) { _ in }.parts
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
    let record = Kind(evaluation.request).record(of: parts).withoutTimings
    evaluations.keep(record)
    return Array(try JSONText.encodeBytes(record)) + [0x0A]
  }

  private func source(of evaluation: EvaluationPlan.Entry, _ entry: BatchCase) throws -> EvaluationSource {
    if case .tokenIDs(let path)? = evaluation.source {
      return EvaluationSource(tokens: try EvaluationInput.tokens(path), named: path)
    }
    let tokenizer = try Tokenizer(path: entry.model)
    var documents: [EvaluationSource.Document] = []
    if case .text(let path)? = evaluation.source {
      documents.append(
        EvaluationSource.Document(
          name: URL(fileURLWithPath: path).lastPathComponent, content: .text(try EvaluationInput.text(path))))
    }
    return EvaluationSource(tokenizer, documents: documents)
  }
}
