import ArgumentParser
import Foundation
import RopeInference
import RopeMath
import RopeReport

/// `ropescope evaluate`: a real model on this machine's processor under each method.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Run a real model under each method: logits, perplexity, passkey, statistics.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
        ropescope evaluate passkey model.gguf --text book.txt --methods none,yarn --lengths 4k,12k
        ropescope evaluate logits model.gguf --text prompt.txt --method yarn:factor=2
      """,
    subcommands: [EvaluateLogits.self, EvaluatePerplexity.self, EvaluatePasskey.self, EvaluateStatistics.self])
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
      let beginning = tokenizer.addsBeginningOfText ? [tokenizer.beginningOfText].compactMap { $0 } : []
      return beginning + tokenizer.encode(try TextInput.read(text, console))
    default: throw Failure.usage("give either --text FILE or --token-ids FILE")
    }
  }

  /// Each method's plans; parameters that are not given are derived from the largest length.
  func runs(_ files: RunnableModel, length: Int) throws -> [MethodRun] {
    try specifications().map {
      MethodRun(
        try MethodPlanner(
          $0, model: files.resolved, targetLength: length, reachesSlidingLayers: allLayers,
          resources: TensorFile.methodResources))
    }
  }
}

/// `ropescope evaluate logits`.
struct EvaluateLogits: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits", abstract: "The largest logits after a text.",
    discussion: """
      EXAMPLES:
        ropescope evaluate logits model.gguf --text prompt.txt --top 20
        ropescope evaluate logits model.gguf --token-ids ids.json --method none --method yarn:factor=2 --format json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Logits of each position.") var top = 10
  @Option(help: "last or all.") var positions: LogitsEvaluation.Positions = .last
  @Option(help: "text or json.") var format: EvaluationFormat = .text
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let tokens = try evaluation.tokens(ids: tokenIds, text: text, console)
    let (files, model) = try evaluation.open()
    let interruption = Interruption()
    let record = try LogitsEvaluation(top: top, positions: positions, options: .init(control: evaluation.control(console, output, interruption)))
      .run(model, tokens: tokens, methods: try evaluation.runs(files, length: tokens.count))
    guard format == .text else {
      console.print(try JSONText.encode(record))
      return .clean
    }
    for run in record.runs {
      for position in run.positions {
        let top = position.top.map { "\($0.id) \(($0.logit * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
        console.print("\(run.method) at \(position.position): \(top)")
      }
    }
    return .clean
  }
}

/// `ropescope evaluate perplexity`.
struct EvaluatePerplexity: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "perplexity", abstract: "Perplexity of a text by method, length and position.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Window lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Tokens between windows; the window's length where left out.") var stride: Int?
  @Option(help: "Windows at most; all that the text has where left out.") var windows: Int?
  @Option(help: "consistent, or stale: keys as a cache of rotated keys keeps them.") var cache: PerplexityEvaluation.Cache = .consistent
  @Option(help: "text or json.") var format: EvaluationFormat = .text
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let lengths = try LengthList.parse(lengths)
    let tokens = try evaluation.tokens(ids: tokenIds, text: text, console)
    let (files, model) = try evaluation.open()
    let interruption = Interruption()
    let task = PerplexityEvaluation(
      lengths: lengths, stride: stride, windows: windows, cache: cache,
      options: .init(control: evaluation.control(console, output, interruption)))
    var finished: [PerplexityRecord.Run] = []
    do {
      let record = try task.run(
        model, tokens: tokens, methods: try evaluation.runs(files, length: lengths.max() ?? 1)) { finished.append($0) }
      try give(record, console)
      return .clean
    } catch InferenceError.cancelled {
      // What was finished stays usable.
      if !finished.isEmpty { try give(PerplexityRecord(runs: finished), console) }
      output.note("interrupted: \(finished.count) runs were finished", console)
      return .interrupted
    }
  }

  private func give(_ record: PerplexityRecord, _ console: Console) throws {
    guard format == .text else { return console.print(try JSONText.encode(record)) }
    console.print(
      TextTable(
        columns: [("method", .left), ("length", .right), ("windows", .right), ("nats/token", .right), ("± s.e.", .right), ("perplexity", .right), ("last bucket", .right)],
        rows: record.runs.map { run in
          func number(_ value: Double) -> String { value.formatted(.number.precision(.significantDigits(5)).grouping(.never)) }
          return [
            run.method, TokenCount.label(run.length), String(run.windows), number(run.nll), number(run.standardError),
            number(run.perplexity), run.byPosition.last.map { number($0.nll) } ?? "",
          ]
        }).text)
  }
}

/// `ropescope evaluate passkey`.
struct EvaluatePasskey: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "passkey", abstract: "Whether the model finds a number hidden in prose, by length and depth.",
    discussion: """
      EXAMPLES:
        ropescope evaluate passkey model.gguf --text book.txt --methods none,ntk:factor=2,yarn:factor=2 --lengths 4k,12k
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "Prose to hide the number in, longer than the longest length.", completion: .file()) var text: String
  @Option(help: "Prompt lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Depths with commas, 0 … 1.") var depths: String = "0,0.25,0.5,0.75,1"
  @Option(help: "Numbers hidden in each cell.") var trials = 1
  @Option(help: "Seed of the numbers and places.") var seed: UInt64 = 0
  @Option(help: "text or json.") var format: EvaluationFormat = .text
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let lengths = try LengthList.parse(lengths)
    let depths = try depths.split(separator: ",").map { part -> Double in
      guard let depth = Double(part), (0...1).contains(depth) else { throw Failure.usage("--depths “\(part)”: write numbers from 0 to 1") }
      return depth
    }
    let tokenizer = try evaluation.tokenizer()
    let haystack = tokenizer.encode(try TextInput.read(text, console))
    let beginning = tokenizer.addsBeginningOfText ? [tokenizer.beginningOfText].compactMap { $0 } : []
    let (files, model) = try evaluation.open()
    let interruption = Interruption()
    let task = PasskeyEvaluation(
      lengths: lengths, depths: depths, trials: trials, seed: seed,
      options: .init(control: evaluation.control(console, output, interruption)))
    var finished: [PasskeyRecord.Cell] = []
    do {
      let record = try task.run(
        model, haystack: haystack, methods: try evaluation.runs(files, length: lengths.max() ?? 1), beginning: beginning,
        tokenize: { tokenizer.encode($0) }
      ) { finished.append($0) }
      try give(record, console)
      return .clean
    } catch InferenceError.cancelled {
      if !finished.isEmpty { try give(PasskeyRecord(cells: finished), console) }
      output.note("interrupted: \(finished.count) cells were finished", console)
      return .interrupted
    }
  }

  private func give(_ record: PasskeyRecord, _ console: Console) throws {
    guard format == .text else { return console.print(try JSONText.encode(record)) }
    console.print(
      TextTable(
        columns: [("method", .left), ("length", .right), ("depth", .right), ("found", .right), ("mean rank", .right), ("nats", .right)],
        rows: record.cells.map { cell in
          [
            cell.method, TokenCount.label(cell.length), "\(cell.depth)", "\(cell.correct)/\(cell.trials)",
            cell.meanRank.formatted(.number.precision(.significantDigits(3)).grouping(.never)),
            cell.nll.formatted(.number.precision(.significantDigits(3)).grouping(.never)),
          ]
        }).text)
  }
}

/// `ropescope evaluate statistics`.
struct EvaluateStatistics: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics", abstract: "Mean and variance of un-rotated queries and keys, pair by pair, as JSON.",
    discussion: """
      EXAMPLES:
        ropescope evaluate statistics model.gguf --text book.txt --length 4k -o statistics.json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Tokens read at most.", completion: LengthArgument.completion, transform: LengthArgument.parse)
  var length: LengthArgument?
  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file instead of standard output (-).") var file: String = "-"
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let all = try evaluation.tokens(ids: tokenIds, text: text, console)
    let (files, model) = try evaluation.open()
    let trained = files.resolved.layerTypes.first?.geometry.trainedLength ?? all.count
    let tokens = Array(all.prefix(length?.tokens ?? trained))
    let interruption = Interruption()
    guard let method = try evaluation.runs(files, length: tokens.count).first else { throw Failure.usage("no method is named") }
    let record = try StatisticsEvaluation(options: .init(control: evaluation.control(console, output, interruption)))
      .run(model, tokens: tokens, method: method)
    try Answer.give(try JSONText.encode(record), to: file, console)
    return .clean
  }
}

/// `ropescope generate`: a few tokens, for a sanity look.
struct GenerateCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Continue a text greedily under a method, for a sanity look.",
    discussion: """
      EXAMPLES:
        echo "The capital of France is" | ropescope generate model.gguf --count 16
        ropescope generate model.gguf --text prompt.txt --method yarn:factor=2
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String = "-"
  @Option(help: "Tokens to add at most.") var count = 32
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let tokenizer = try evaluation.tokenizer()
    var input = try TextInput.read(text, console)
    while input.last?.isNewline == true { input.removeLast() }
    let beginning = tokenizer.addsBeginningOfText ? [tokenizer.beginningOfText].compactMap { $0 } : []
    let prompt = beginning + tokenizer.encode(input)
    let (files, model) = try evaluation.open()
    guard let method = try evaluation.runs(files, length: prompt.count + count).first else { throw Failure.usage("no method is named") }
    let interruption = Interruption()
    let ids = try GreedyGeneration(
      count: count, stops: Set([tokenizer.endOfText].compactMap { $0 }),
      options: .init(control: RunControl(isCancelled: { interruption.isAsked }))
    ).run(model, prompt: prompt, method: method)
    console.print(try tokenizer.decode(ids))
    return .clean
  }
}

extension LogitsEvaluation.Positions: ExpressibleByArgument {}
extension PerplexityEvaluation.Cache: ExpressibleByArgument {}
