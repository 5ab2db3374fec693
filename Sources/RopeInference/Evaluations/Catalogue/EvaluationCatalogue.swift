/// All evaluations of the product: the one place where each is named.
public enum EvaluationCatalogue {
  /// Generated tasks with items that are right or wrong, in the order in which they are listed.
  public static let tasks: [any SyntheticTask.Type] = [
    SingleNeedle.self,
    SentenceNeedle.self,
    MultiKeyNeedle.self,
    MultiValueNeedle.self,
    MultiQueryNeedle.self,
    VariableTracking.self,
    CommonWords.self,
    FrequentWords.self,
    KeyValueRetrieval.self,
    InContextCopying.self,
  ]

  public static let all: [any Evaluation.Type] =
    [PerplexityEvaluation.self, PasskeyEvaluation.self, LongPerplexityEvaluation.self, LongBenchEvaluation.self]
    + tasks.map { evaluation($0) }

  /// Nil for a name that no evaluation has.
  public static func evaluation(named id: String) -> (any Evaluation.Type)? { all.first { $0.card.id == id } }

  private static func evaluation<Task: SyntheticTask>(_ task: Task.Type) -> any Evaluation.Type {
    TaskEvaluation<Task>.self
  }
}
