/// The one list of analyses.
public enum AnalysisCatalogue {
  public static let all: [any Analysis.Type] = [
    Wavelengths.self,
    Turns.self,
    Coverage.self,
    ExtrapolatedAngles.self,
    AngleMap.self,
    PhaseSafeLength.self,
    InterpolationRatios.self,
    LocalResolution.self,
    ShortContextCost.self,
    AttentionEntropy.self,
    PositionalEntropy.self,
    NeedleMargin.self,
    Temperature.self,
    ScoreByDistance.self,
    InterpolationBound.self,
    BaseBound.self,
    Schedule.self,
    StaleKeys.self,
    CacheMemory.self,
    Precision.self,
  ]
}
