import RopeInference
import RopeRecords

/// Evaluations of tokens that are there already.
extension PerplexityEvaluation {
  init(
    lengths: [Int], stride: Int? = nil, windows: Int? = nil, caches: [Cache] = [.consistent],
    options: RunOptions = .init()
  ) {
    self.init(EvaluationRequest(lengths: lengths, stride: stride, windows: windows, caches: caches))
    self.options = options
  }

  func run(
    _ model: any LanguageModel, tokens: [Int], methods: [MethodRun], beginning: [Int] = [],
    checkpoint: EvaluationCheckpoint = .none
  ) throws(InferenceError) -> PerplexityRecord {
    try run(
      model, EvaluationSource(tokens: tokens, beginning: beginning), methods: methods, checkpoint: checkpoint)
  }
}

extension PasskeyEvaluation {
  init(
    lengths: [Int], depths: [Double]? = nil, trials: Int? = nil, needle: PasskeyPrompt.Needle = .passkey,
    sharesProse: Bool? = nil, seed: UInt64 = 0
  ) {
    self.init(
      EvaluationRequest(
        lengths: lengths, depths: depths, trials: trials, seed: seed, needle: needle, sharesProse: sharesProse))
  }

  func run(
    _ model: any LanguageModel, haystack: [Int], methods: [MethodRun], checkpoint: EvaluationCheckpoint = .none,
    tokenize: @escaping @Sendable (String) -> [Int]
  ) throws(InferenceError) -> PasskeyRecord {
    let document = EvaluationSource.Document(name: "", content: .tokens(haystack))
    return try run(
      model, EvaluationSource(documents: [document], encode: tokenize) { _ in "" }, methods: methods,
      checkpoint: checkpoint)
  }

  func prompt(
    length: Int, depth: Double, trial: Int, haystack: [Int], beginning: [Int] = [],
    tokenize: @escaping @Sendable (String) -> [Int]
  ) throws(InferenceError) -> PasskeyPrompt {
    try prompt(
      length: length, depth: depth, trial: trial, haystack: haystack,
      source: EvaluationSource(beginning: beginning, encode: tokenize) { _ in "" })
  }
}
