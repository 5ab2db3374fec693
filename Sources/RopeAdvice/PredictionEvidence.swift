import RopeAnalysis
import RopeJSON
import RopeMath
import RopeRecords
import RopeText

/// What measurements say of closed forms as predictors, and the weights that the adviser gives them for it.
///
/// A closed form is relied on for an outcome where every study at hand, and there are two at least, has an interval of
/// its rank correlation that leaves out 0 at the same side: of a dozen columns one or two leave it out by chance in any
/// one study. Its weight is the end of these intervals that lies nearest to 0.
public struct PredictionEvidence: Sendable {
  /// What is measured of a method.
  public enum Outcome: String, Sendable, CaseIterable {
    /// Nats per token above the best method: less is better.
    case loss
    /// Share of what was hidden that is found: more is better.
    case retrieval
  }

  /// The rank correlations of one prediction record (`ropescope evaluate predict`).
  public struct Study: Sendable, Codable {
    public var model: String
    /// How many, and whether they were trained.
    public var methods: String
    public var source: Reference
    /// What the record calls each outcome.
    public var outcomes: [String: String]
    public var properties: [PredictionRecord.Property]

    public init(
      model: String, methods: String, source: Reference, outcomes: [String: String],
      properties: [PredictionRecord.Property]
    ) {
      self.model = model
      self.methods = methods
      self.source = source
      self.outcomes = outcomes
      self.properties = properties
    }

    func property(_ closedForm: ClosedForm, _ outcome: Outcome) -> PredictionRecord.Property? {
      let against = outcomes[outcome.rawValue]
      return properties.first { $0.property == closedForm.name && $0.against == against }
    }
  }

  public let studies: [Study]

  public init(studies: [Study]) { self.studies = studies }

  /// The table `Evidence/predictions.json`, which `Scripts/evidence` writes.
  public static let committed: PredictionEvidence = {
    let source = SourceText(bytes: PackageResources.predictions_json)
    let studies = (try? JSONParser.parse(source)).flatMap {
      try? JSONNodeDecoder.decode([Study].self, from: $0, of: source)
    }
    return PredictionEvidence(studies: studies ?? [])
  }()

  // MARK: Weights

  /// Positive where more of the closed form goes with more of the outcome; 0 where it is not relied on.
  public func weight(of closedForm: ClosedForm, for outcome: Outcome) -> Double {
    let found = studies.compactMap { $0.property(closedForm, outcome) }
    guard studies.count > 1, found.count == studies.count else { return 0 }
    let lower = found.compactMap(\.lower), upper = found.compactMap(\.upper)
    guard lower.count == found.count, upper.count == found.count, let least = lower.min(), let most = upper.max()
    else { return 0 }
    return least > 0 ? least : most < 0 ? most : 0
  }

  /// Positive where more of the closed form is better, by both outcomes.
  public func benefit(of closedForm: ClosedForm) -> Double {
    weight(of: closedForm, for: .retrieval) - weight(of: closedForm, for: .loss)
  }

  /// Closed forms that are relied on, in the order in which they are listed.
  public func predictors(of outcome: Outcome) -> [ClosedForm] {
    ClosedForm.all.filter { weight(of: $0, for: outcome) != 0 }
  }

  /// Every weight that is not 0.
  public var weights: [AdviceWeight] {
    Outcome.allCases.flatMap { outcome in
      predictors(of: outcome).map {
        AdviceWeight(property: $0.name, outcome: outcome.rawValue, weight: weight(of: $0, for: outcome))
      }
    }
  }

  /// What came out, as a clause.
  public var summary: Message {
    func names(_ forms: [ClosedForm]) -> [Message] {
      forms.map { form -> Message in "“\(Message(template: form.title))”" }
    }
    let count = ClosedForm.all.count, models = studies.map(\.model)
    let found = names(predictors(of: .retrieval)), lost = names(predictors(of: .loss))
    switch (found.isEmpty, lost.isEmpty) {
    case (true, true):
      return
        "of \(count) closed forms none went with what is found in long texts, or with the loss, in every study at hand (\(list: models))"
    case (false, true):
      return
        "of \(count) closed forms only \(list: found) went with what is found in long texts in every study at hand (\(list: models)), and none with the loss"
    case (true, false):
      return
        "of \(count) closed forms none went with what is found in long texts in every study at hand (\(list: models)), and only \(list: lost) with the loss"
    case (false, false):
      return
        "of \(count) closed forms only \(list: found) went with what is found in long texts in every study at hand (\(list: models)), and only \(list: lost) with the loss"
    }
  }
}
