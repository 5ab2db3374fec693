import ArgumentParser
import RopeInference
import RopeMath

/// `ropescope evaluate`: a real model on this machine's processor under each method.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Run a real model under each method: logits, perplexity, retrieval and other tasks, statistics, study.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
        ropescope evaluate passkey model.gguf --text book.txt --methods none,yarn --lengths 4k,12k
        ropescope evaluate needle-multikey model.gguf --methods none,yarn:factor=2 --lengths 4k,8k --trials 20
        ropescope evaluate logits model.gguf --text prompt.txt --method yarn:factor=2
        ropescope evaluate perplexity model.gguf --text book.txt --lengths 16k --resume book.jsonl --figure book.pdf
      """,
    subcommands: [
      EvaluateLogits.self, EvaluatePerplexity.self, EvaluatePasskey.self, EvaluateLongPerplexity.self,
      EvaluateLongBench.self,
    ]
      + EvaluationCatalogue.tasks.map { command($0) } + [
        EvaluateStatistics.self, EvaluateStudy.self, EvaluatePredict.self,
      ])

  private static func command<Task: SyntheticTask>(_ task: Task.Type) -> any ParsableCommand.Type {
    EvaluateTask<Task>.self
  }
}

extension EvaluationOptions {
  /// The plans of the only method there is.
  func onlyRun(_ files: RunnableModel, length: Int) throws -> MethodRun {
    let runs = try runs(files, length: length)
    guard let first = runs.first, runs.count == 1 else {
      throw Failure.usage(
        "one method is expected, \(runs.count) are named: \(runs.map(\.name).joined(separator: ", "))")
    }
    return first
  }

  /// Each method's plans, those of one that is named twice once; parameters that are not given are derived from the largest
  /// length.
  func runs(_ files: RunnableModel, length: Int) throws -> [MethodRun] {
    try specifications().distinct().map {
      MethodRun(
        try MethodPlanner(
          $0, model: files.resolved, targetLength: target?.tokens ?? length, reachesSlidingLayers: allLayers,
          resources: TensorFile.methodResources))
    }
  }
}
