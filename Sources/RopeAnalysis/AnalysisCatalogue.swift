/// The one list of analyses.
public enum AnalysisCatalogue {
  public static let all: [any Analysis.Type] = [
    AttentionEntropy.self,
    PositionalEntropy.self,
    NeedleMargin.self,
    Temperature.self,
    ScoreByDistance.self,
    InterpolationBound.self,
    BaseBound.self,
  ]
}
