import RopeAnalysis
import RopeMath

/// What an evaluation found, as it crosses files and processes: a versioned JSON document that says how it was made.
public protocol EvaluationRecord: Codable, Hashable, Sendable {
  /// What an interrupted evaluation had finished: a run, a cell, an item.
  associatedtype Part: Sendable

  /// `ropescope.NAME/1`.
  static var schemaName: String { get }

  var setting: EvaluationSetting? { get set }

  /// What it holds, in order.
  var parts: [Part] { get }

  /// The first values that contradict each other; nil for none.
  var fault: RecordFault? { get }

  /// The columns and rows that people read.
  var table: RecordTable { get }

  /// What figures, reports and studies take from it.
  ///
  /// - Parameters:
  ///   - name: what texts call the file that it stands in.
  ///   - identity: what tells its windows from those of other files.
  func measurements(named name: String, identity: String) -> Measurements

  /// The same without timings and memory, so that equal evaluations give equal bytes.
  var withoutTimings: Self { get }
}

extension EvaluationRecord {
  public var withoutTimings: Self { self }

  public var fault: RecordFault? { nil }
}

/// The kinds of record that evaluations write.
public enum EvaluationRecords {
  public static let all: [any EvaluationRecord.Type] = [
    PerplexityRecord.self, PasskeyRecord.self, ScoreRecord.self, LongPerplexityRecord.self,
  ]
}
