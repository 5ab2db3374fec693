import ArgumentParser
import RopeInference
import RopeMath

/// `ropescope evaluate`: a real model on this machine's processor under each method.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Run a real model under each method: logits, perplexity, passkey, statistics, study.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
        ropescope evaluate passkey model.gguf --text book.txt --methods none,yarn --lengths 4k,12k
        ropescope evaluate logits model.gguf --text prompt.txt --method yarn:factor=2
        ropescope evaluate perplexity model.gguf --text book.txt --lengths 16k --resume book.jsonl --figure book.pdf
      """,
    subcommands: [
      EvaluateLogits.self, EvaluatePerplexity.self, EvaluatePasskey.self, EvaluateStatistics.self, EvaluateStudy.self,
    ])
}

/// How an evaluation's record is given.
enum EvaluationFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

extension EvaluationOptions {
  /// Token ids of a file, or of a text by the model's tokenizer, with the beginning that the model wants.
  func tokens(ids: String?, text: String?, _ console: Console) throws -> [Int] {
    switch (ids, text) {
    case (let ids?, nil): return try TextInput.tokens(ids)
    case (nil, let text?):
      let tokenizer = try tokenizer()
      return tokenizer.beginning + tokenizer.encode(try TextInput.read(text, console))
    default: throw Failure.usage("give either --text FILE or --token-ids FILE")
    }
  }

  /// Each method's plans; parameters that are not given are derived from the largest length.
  func runs(_ files: RunnableModel, length: Int) throws -> [MethodRun] {
    try specifications().map {
      MethodRun(
        try MethodPlanner(
          $0, model: files.resolved, targetLength: target?.tokens ?? length, reachesSlidingLayers: allLayers,
          resources: TensorFile.methodResources))
    }
  }
}
