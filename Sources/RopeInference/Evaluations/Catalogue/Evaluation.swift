import RopeRecords

/// A way to measure a real model under methods of context extension. One file holds its card and all that it does; one
/// line in `EvaluationCatalogue` brings it to the command line, to batches and to their index.
public protocol Evaluation: Sendable {
  associatedtype Record: EvaluationRecord

  static var card: EvaluationCard { get }

  init(_ request: EvaluationRequest)

  var options: RunOptions { get set }
  /// Every length that is measured, tokens.
  var lengths: [Int] { get }
  /// Tokens that one method reads at least, where the text has as many.
  var tokensPerMethod: Double { get }
  /// Tokens that methods read of a source together, where none shares what another one reads.
  ///
  /// - Throws: `InferenceError.option` for what cannot be asked.
  func tokens(methods: Int, source: EvaluationSource) throws(InferenceError) -> Double
  /// What would be read and what it could tell, in sentences, before anything is computed.
  ///
  /// - Parameter methods: how many are compared.
  /// - Throws: `InferenceError.option` for what cannot be asked.
  func outlook(methods: Int, source: EvaluationSource) throws(InferenceError) -> [String]

  /// Every method answers the same.
  ///
  /// - Parameters:
  ///   - checkpoint: pieces that are known from before.
  ///   - finished: sees each part as it is done, so that an interrupted evaluation loses none.
  /// - Throws: `InferenceError.option` for what cannot be asked, and what running the model throws.
  func run(
    _ model: any LanguageModel, _ source: EvaluationSource, methods: [MethodRun], checkpoint: EvaluationCheckpoint,
    finished: (Record.Part) -> Void
  ) throws(InferenceError) -> Record

  /// What was finished, as a record of its own.
  func record(of parts: [Record.Part]) -> Record
}

extension Evaluation {
  public func tokens(methods: Int, source: EvaluationSource) -> Double { tokensPerMethod * Double(methods) }
}
