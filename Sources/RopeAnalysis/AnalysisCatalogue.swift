/// The one list of analyses.
public enum AnalysisCatalogue {
  public static let all: [any Analysis.Type] = [
    AttentionEntropy.self,
    Temperature.self,
    ScoreByDistance.self,
    BaseBound.self,
  ]
}
