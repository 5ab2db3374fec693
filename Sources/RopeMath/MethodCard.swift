/// Everything there is to know about a scaling method but its arithmetic: the only list that command line, help,
/// completion, validation and documentation are made from.
public struct MethodCard: Sendable {
  /// How much training a method asks for before it can be used.
  public enum Training: String, Sendable, Codable {
    /// Works on frozen weights by design.
    case none
    /// Usable frozen, better after a short fine-tuning.
    case optional
    /// Meaningless without training under the method.
    case required
  }

  /// What becomes of the attention itself, as the controlled study of arXiv 2409.12181 classes methods.
  public enum Exactness: String, Sendable, Codable {
    /// Every key is attended to at its true distance: only frequencies, temperature or queries change.
    case exact
    /// Keys are left out, grouped or retrieved, or distances are clamped, rounded or re-mapped.
    case approximate
  }

  public let id: String
  public let aliases: [String]
  public let title: String
  /// For labels in figures and sentences: `PI`.
  public let shortTitle: String
  /// One or two sentences: what it does and why.
  public let summary: String
  /// The formula in plain text, symbols as in the paper.
  public let formula: String
  public let stages: [PlanStage]
  public let parameters: [MethodParameter]
  public let references: [Reference]
  /// K0, K1, K2, K3, Kq or Kp: what happens to cached keys.
  public let hazardClass: String
  public let training: Training
  /// What the training costs and what the method costs at run time, in one sentence.
  public let cost: String
  /// Runtimes that compute it, as far as known.
  public let implementers: [String]
  public let exactness: Exactness
  /// Whether it stands beside the others where no methods are named. Not where it is learned, says the same as another,
  /// or changes what the comparison does not measure.
  public let isComparedByDefault: Bool

  public init(
    id: String, aliases: [String] = [], title: String, shortTitle: String? = nil, summary: String, formula: String,
    stages: [PlanStage],
    parameters: [MethodParameter] = [], references: [Reference], hazardClass: String, training: Training,
    cost: String, implementers: [String] = [], exactness: Exactness = .exact, isComparedByDefault: Bool = true
  ) {
    self.id = id
    self.aliases = aliases
    self.title = title
    self.shortTitle = shortTitle ?? title
    self.summary = summary
    self.formula = formula
    self.stages = stages
    self.parameters = parameters
    self.references = references
    self.hazardClass = hazardClass
    self.training = training
    self.cost = cost
    self.implementers = implementers
    self.exactness = exactness
    self.isComparedByDefault = isComparedByDefault
  }
}

extension MethodCard {
  /// Exactness and training of a method made of these parts, the worst of each, in the words of arXiv 2409.12181:
  /// `exact, frozen`, `approximate, fine-tuned`.
  public static func studyClass(_ parts: [MethodCard]) -> String {
    let exactness = parts.contains { $0.exactness == .approximate } ? Exactness.approximate : .exact
    let use =
      if parts.contains(where: { $0.training == .required }) { "fine-tuned" } else {
        parts.contains { $0.training == .optional } ? "frozen or fine-tuned" : "frozen"
      }
    return "\(exactness.rawValue), \(use)"
  }
}
