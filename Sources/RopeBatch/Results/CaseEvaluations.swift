import RopeRecords

/// What was measured of a case's model: the numbers of its evaluations' records in short, without timings.
package struct CaseEvaluations: Sendable, Codable, Equatable {
  /// A method that the forward pass does not describe, and why.
  package struct Refusal: Sendable, Codable, Equatable {
    package var method: String
    package var reason: String
  }

  /// The scores of a generated task.
  package struct Task: Sendable, Codable, Equatable {
    package var task: String
    package var summary: [ScoreSummary]
    package var comparisons: [ScoreComparison]
  }

  /// Whole runs alone, without how they were come by.
  package var perplexity: [PerplexityRecord.Run] = []
  package var passkey: [PasskeyRecord.Cell] = []
  /// Nil where the plan names no task, and in older databases.
  package var tasks: [Task]?
  package var refused: [Refusal] = []

  /// Takes in what a record says in short.
  mutating func keep(_ record: some EvaluationRecord) {
    switch record {
    case let record as PerplexityRecord: perplexity = record.runs.map(\.summary)
    case let record as PasskeyRecord: passkey = record.cells
    case let record as ScoreRecord:
      tasks = (tasks ?? []) + [Task(task: record.task, summary: record.summary, comparisons: record.comparisons)]
    default: break
    }
  }

  /// The perplexity of a method at the longest length that was measured.
  package func perplexity(of method: String) -> PerplexityRecord.Run? {
    perplexity.filter { $0.method == method }.max { $0.length < $1.length }
  }

  /// The method with the lowest perplexity at the longest length that was measured; the first of equals.
  package var lowestPerplexity: PerplexityRecord.Run? {
    guard let longest = perplexity.map(\.length).max() else { return nil }
    return perplexity.filter { $0.length == longest }.min { $0.perplexity < $1.perplexity }
  }

  /// The method that finds the number most often over all lengths and depths; the first of equals.
  package var mostFound: (method: String, correct: Int, trials: Int)? {
    var best: (method: String, correct: Int, trials: Int)?
    var seen: Set<String> = []
    for method in passkey.map(\.method) where seen.insert(method).inserted {
      guard let found = passkey(of: method), found.correct > best?.correct ?? -1 else { continue }
      best = (method, found.correct, found.trials)
    }
    return best
  }

  /// Trials of a method in which the number was found, over all lengths and depths.
  package func passkey(of method: String) -> (correct: Int, trials: Int)? {
    let cells = passkey.filter { $0.method == method }
    guard !cells.isEmpty else { return nil }
    return (cells.reduce(0) { $0 + $1.correct }, cells.reduce(0) { $0 + $1.trials })
  }
}
