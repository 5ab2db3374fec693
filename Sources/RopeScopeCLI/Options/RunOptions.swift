import ArgumentParser
import RopeAnalysis
import RopeConfig
import RopeMath
import RopeReport

/// Options of commands that compute: methods, target, what counts as trained, seed.
struct RunOptions: ParsableArguments {
  @Option(
    help: "Methods as SPEC[,SPEC…], e.g. none,yarn:factor=4,ntk; all that are defined where left out.",
    completion: Completions.specifications)
  var methods: String?

  @Option(length: "Tokens to extend the context to: 128k.", names: ["target", "target-length"])
  var target: LengthArgument?

  @Option(help: "What counts as trained: the file's own scaling (file) or plain rotation (plain).")
  var baseline: Baseline = .file

  @Option(
    help: """
      Stages of training, LENGTH:WEIGHT with commas in their order: 8k:0.9,128k:0.1; 2k/16k:0.1 for sequences of 2k spread \
      over 16k positions. What the file tells where left out.
      """)
  var trainedStages: String?

  @Option(
    name: .customLong("measured"), parsing: .singleValue,
    help:
      "Measurements to lay beside the closed forms: JSON of evaluate perplexity, passkey, longppl or a task, or CSV (method,length,perplexity; method,position,nll; method,length,depth,correct,trials; method,length,score). May be repeated.",
    completion: .file(extensions: ["json", "csv"]))
  var measured: [String] = []

  @Option(
    help:
      "Measured moments of the model's queries and keys in place of the statistical model: a file of evaluate statistics --compact, or a shipped one (smollm2-135m).",
    completion: .file(extensions: ["json"]))
  var statistics: String?

  @Option(help: "Standard deviation of attention logits in the statistical model; nats.")
  var logitDeviation: Double = AttentionEnsemble().logitDeviation

  @Option(help: "Mean logit at distance 0 in the positional ensemble; nats.")
  var meanLogit: Double = AttentionEnsemble().meanLogit

  @Option(help: "Queries sampled for each simulated property, 64 … 4096.")
  var samples: Int = AttentionEnsemble().sampleCount

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64 = 0

  @Option(help: "Cores to use; never changes the output.")
  var jobs: Int?

  enum Baseline: String, ExpressibleByArgument, CaseIterable { case file, plain }

  var inputs: [CommandInput] {
    measured.map { .file($0) } + (statistics.map { [.file($0)] } ?? [])
      + CommandInput.methods(methods.map { [$0] } ?? [])
  }

  func specifications() throws -> [MethodSpecification]? {
    try methods.map { try MethodSpecification.parseList($0, loadNumbers: NumberFile.load) }
  }

  /// - Parameter advice: whom the run's advice is for, beside the runtime of the model's command.
  func request(
    for subject: ModelSubject, analyses: [String]? = nil, advice: AdviceOptions? = nil
  ) throws -> RunRequest {
    var request = try request(for: subject.reading, analyses: analyses)
    request.runtimes = try advice?.declared(subject).runtimes
    request.trainTokens = try advice?.trainTokens() ?? 0
    return request
  }

  func request(for model: Reading, analyses: [String]? = nil) throws -> RunRequest {
    guard let target = target?.tokens ?? model.ownLength else { throw RunError.noTarget }
    guard (64...4096).contains(samples) else {
      throw Failure.usage("--samples is \(samples); it must lie in 64 … 4096")
    }
    guard (0...20).contains(logitDeviation), (-100...100).contains(meanLogit) else {
      throw Failure.usage("--logit-deviation must lie in 0 … 20 and --mean-logit in −100 … 100 nats")
    }
    let stages: [TrainedStage]
    do { stages = try trainedStages.map(TrainedStage.parseList) ?? [] } catch {
      throw Failure.usage("--trained-stages: \(error.description)")
    }
    var measurements = Measurements()
    for path in measured { measurements.add(try MeasuredFile.read(path: path)) }
    return RunRequest(
      model: model, methods: try specifications(), targetLength: target, baseline: baseline == .file ? .file : .plain,
      ensemble: AttentionEnsemble(logitDeviation: logitDeviation, meanLogit: meanLogit, sampleCount: samples),
      moments: try statistics.map(StatisticsFile.read), seed: seed, analyses: analyses, measurements: measurements,
      resources: TensorFile.methodResources, trainedStages: stages)
  }
}
