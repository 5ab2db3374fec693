import RopeMath

extension ComparisonRow {
  /// The numbers of a row by their keys; the one list that both directions of coding read.
  private static let numbers: [(CodingKeys, WritableKeyPath<ComparisonRow, Double> & Sendable)] = [
    (.phaseSafeLength, \.phaseSafeLength), (.shareOfTarget, \.shareOfTarget),
    (.pairsWithNewAngles, \.pairsWithNewAngles), (.pairsWithInterpolatedAngles, \.pairsWithInterpolatedAngles),
    (.meanNewArc, \.meanNewArc),
    (.shareOutOfDistribution, \.shareOutOfDistribution), (.resolutionKept, \.resolutionKept),
    (.geometricMeanRatio, \.geometricMeanRatio), (.middleRatio, \.middleRatio), (.logitFactor, \.logitFactor),
    (.entropyAtTrained, \.entropyAtTrained), (.entropyAtTarget, \.entropyAtTarget),
    (.firstSignChange, \.firstSignChange), (.neededFactor, \.neededFactor),
    (.neededResolutionKept, \.neededResolutionKept), (.resolutionKeptAtTrained, \.resolutionKeptAtTrained),
    (.entropyShiftAtTrained, \.entropyShiftAtTrained), (.scoresPerToken, \.scoresPerToken),
  ]

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      label: try container.decode(String.self, forKey: .label), ids: try container.decode([String].self, forKey: .ids),
      title: try container.decode(String.self, forKey: .title),
      hazard: try container.decode(String.self, forKey: .hazard),
      training: try container.decode(MethodCard.Training.self, forKey: .training),
      studyClass: try container.decodeIfPresent(String.self, forKey: .studyClass) ?? "",
      isExact: try container.decodeIfPresent(Bool.self, forKey: .isExact) ?? true)
    for (key, path) in Self.numbers {
      self[keyPath: path] =
        try container.decodeIfPresent(Double.self, forKey: key)
        ?? (key == .phaseSafeLength || key == .shareOfTarget ? .infinity : .nan)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(label, forKey: .label)
    try container.encode(ids, forKey: .ids)
    try container.encode(title, forKey: .title)
    try container.encode(hazard, forKey: .hazard)
    try container.encode(training, forKey: .training)
    try container.encode(studyClass, forKey: .studyClass)
    try container.encode(isExact, forKey: .isExact)
    for (key, path) in Self.numbers {
      let value = self[keyPath: path]
      try container.encode(value.isFinite ? value : nil, forKey: key)
    }
  }
}
