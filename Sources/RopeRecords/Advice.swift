import RopeMath
import RopeText

/// How to bring a model to a length, and why: the one answer that `suggest`, the report's verdict, the batch's index and
/// `prepare` render. Nobody reads its sentences back.
public struct Advice: Sendable, Codable, Hashable {
  /// What is to be done with the file.
  public enum Action: String, Sendable, Codable {
    /// Right as it stands.
    case unchanged
    /// Trained longer than its window says: only the window is raised.
    case window
    /// `method` in place of the file's own scaling.
    case method
    /// Something would be needed that no number of a configuration says.
    case none
  }

  /// What decided.
  public enum Criterion: String, Sendable, Codable {
    /// The target lies within what was trained.
    case trained
    /// No layer that rotates sees farther than what was trained.
    case reach
    /// A scaling that the weights were trained under is widened before another kind replaces it.
    case ownScaling = "own-scaling"
    /// Of what is published for frozen weights and computed by the runtimes the form that measurements speak for, by the
    /// closed forms that predict them (`orderedBy`); of those alike the one as published.
    case frozen
    /// Best at equal budget, where the model is trained under it.
    case trainable
  }

  /// Tokens to be reached.
  public var target: Int
  /// Tokens that plain rotation was trained to.
  public var trainedLength: Int
  /// Longest length that the weights were trained at with the scaling that they ship with; nil where nothing but the
  /// window tells.
  public var nativeLength: Int?
  /// What tells the native length: a published model, or a key of the file.
  public var nativeSource: String?
  /// Tokens that can be trained on; 0 for frozen weights.
  public var trainTokens: Double
  /// Runtimes that it is for, `vllm@0.33.0`: all of them can be told.
  public var runtimes: [String]
  public var action: Action
  public var criterion: Criterion
  /// As SPEC; nil where nothing is needed, or where nothing can be said.
  @Nullable public var method: String? = nil
  /// The method's parameters, every one settled.
  public var parameters: [String: ParameterValue]
  /// Target over the length that the weights know.
  public var factor: Double
  /// `max_position_embeddings` to write; nil where it stays.
  public var window: Int?
  /// Methods, as SPEC, that the criterion does not tell from this one.
  public var ties: [String]
  public var reasons: [AdviceReason]
  public var cautions: [AdviceReason]
  public var alternatives: [AdviceReason]
  public var holdsFor: AdviceSpan
  /// What several methods were ordered by; empty where no closed form is known to predict anything, nil where there was
  /// nothing to order.
  public var orderedBy: [AdviceWeight]?
  /// What would lead to another advice.
  public var wouldChange: [AdviceReason]

  public init(
    target: Int, trainedLength: Int, nativeLength: Int?, nativeSource: String?, trainTokens: Double, action: Action,
    criterion: Criterion, factor: Double, holdsFor: AdviceSpan
  ) {
    self.target = target
    self.trainedLength = trainedLength
    self.nativeLength = nativeLength
    self.nativeSource = nativeSource
    self.trainTokens = trainTokens
    self.action = action
    self.criterion = criterion
    self.factor = factor
    self.holdsFor = holdsFor
    runtimes = []
    parameters = [:]
    ties = []
    reasons = []
    cautions = []
    alternatives = []
    wouldChange = []
  }

  enum CodingKeys: String, CodingKey {
    case target, action, criterion, method, parameters, factor, window, ties, reasons, cautions, alternatives
    case trainedLength = "trained_length"
    case nativeLength = "native_length"
    case nativeSource = "native_source"
    case trainTokens = "train_tokens"
    case runtimes = "for"
    case holdsFor = "holds_for"
    case orderedBy = "ordered_by"
    case wouldChange = "would_change"
  }
}

extension Advice {
  /// One line that says what is to be done.
  public var headline: Message {
    switch action {
    case .unchanged: "Nothing needs to change for \(target.grouped) tokens."
    case .window: "Raise the window to \(target.grouped) tokens; the frequencies are right as they are."
    case .method: "\(method ?? ""), from \((nativeLength ?? trainedLength).grouped) to \(target.grouped) tokens"
    case .none: "No method can be said for \(target.grouped) tokens."
    }
  }

  /// What decided, as it ends the sentence “try this first,”.
  public var decidedBy: Message {
    switch criterion {
    case .trained: "the target lies within what was trained"
    case .reach: "no layer that rotates sees farther than what was trained"
    case .ownScaling: "the scaling that the weights were trained under, widened"
    case .frozen where runtimes.isEmpty:
      "published for frozen weights and computed by the runtimes; nothing that was measured speaks for another form"
    case .frozen:
      "published for frozen weights and computed by \(list: runtimes.map { String($0.prefix { $0 != "@" }) }); nothing that was measured speaks for another form"
    case .trainable: "the best of ten methods at equal training budget"
    }
  }
}
