/// The one list of figure kinds, in the order of a report.
public enum FigureCatalogue {
  public static let all: [any FigureKind.Type] = [
    SummaryFigure.self,
    PhaseSafeLengthFigure.self,
    WavelengthFigure.self,
    CoverageFigure.self,
    TurnsFigure.self,
    ExtrapolatedAnglesFigure.self,
    ExposureMapFigure.self,
    InterpolationRatioFigure.self,
    ResolutionFigure.self,
    ReachCostFigure.self,
    AttentionScoreFigure.self,
    SignalNoiseFigure.self,
    AttentionEntropyFigure.self,
    PositionalEntropyFigure.self,
    TemperatureFigure.self,
    AdviceStabilityFigure.self,
    ExtrapolationFigure.self,
    BaseBoundFigure.self,
    PositionMapFigure.self,
    VisibilityFigure.self,
    WorkFigure.self,
    ScheduleFigure.self,
    TrajectoriesFigure.self,
    StaleKeysFigure.self,
    CacheHazardFigure.self,
    ParityFigure.self,
    CacheMemoryFigure.self,
    PrecisionFigure.self,
    PerplexityByLengthFigure.self,
    LossByPositionFigure.self,
    RoundingFigure.self,
    PasskeyMapFigure.self,
    ScoreByLengthFigure.self,
    PredictionFigure.self,
  ]

  public static func kind(named id: String) -> (any FigureKind.Type)? {
    all.first { $0.card.id == id.lowercased() }
  }
}
