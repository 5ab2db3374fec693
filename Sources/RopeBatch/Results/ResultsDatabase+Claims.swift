import GRDB

/// Who computes what: a case belongs to one living process at a time.
extension ResultsDatabase {
  package enum Claim: Sendable, Equatable {
    case granted
    /// Another living process computes it.
    case busy
    /// Done with the same inputs.
    case finished
    /// Failed with the same inputs.
    case failed
    /// The plan of a later run no longer names it.
    case gone
  }

  /// Takes a case to compute.
  ///
  /// - Parameters:
  ///   - filesAreWhole: whether the files of the case are there, so that a row that is done counts.
  ///   - retryFailed: whether a case that failed with the same inputs is to be computed again.
  ///   - now: seconds since 1970.
  package func claim(
    _ id: String, fingerprint: String, filesAreWhole: Bool, retryFailed: Bool, owner: BatchOwner, now: Double
  ) throws(BatchError) -> Claim {
    try write { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT state, owner, seen, fingerprint FROM cases WHERE id = ?", arguments: [id])
      guard let row, let state = CaseState(rawValue: try row.decode(forColumn: "state")) else { return .gone }
      let isSame = try row.decode(String?.self, forColumn: "fingerprint") == fingerprint
      switch state {
      case .done where isSame && filesAreWhole: return .finished
      case .failed where isSame && !retryFailed: return .failed
      case .running:
        let other = try row.decode(String?.self, forColumn: "owner").flatMap(BatchOwner.init(text:))
        if let other, other != owner, other.isAlive(lastSeen: try row.decode(forColumn: "seen"), now: now) {
          return .busy
        }
      case .done, .failed, .planned: break
      }
      try db.execute(
        sql: "UPDATE cases SET state = 'running', owner = ?, seen = ?, fingerprint = ?, error = NULL WHERE id = ?",
        arguments: [owner.text, now, fingerprint, id])
      return .granted
    }
  }

  /// A sign of life for all cases of a process.
  package func touch(_ owner: BatchOwner, now: Double) throws(BatchError) {
    try write { db in
      try db.execute(
        sql: "UPDATE cases SET seen = ? WHERE owner = ? AND state = 'running'", arguments: [now, owner.text])
    }
  }

  /// Gives a case back that was not finished.
  package func release(_ id: String) throws(BatchError) {
    try write { db in
      try db.execute(
        sql:
          "UPDATE cases SET state = 'planned', owner = NULL, seen = NULL, fingerprint = NULL WHERE id = ? AND state = 'running'",
        arguments: [id])
    }
  }

  /// Cases that a process of this machine had under way.
  package func cases(of process: Int32) throws(BatchError) -> [String] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT id, owner FROM cases WHERE state = 'running' ORDER BY position").compactMap {
        row in
        let owner = try row.decode(String?.self, forColumn: "owner").flatMap(BatchOwner.init(text:))
        return owner?.process == process && owner?.host == BatchOwner.current.host
          ? try row.decode(forColumn: "id") : nil
      }
    }
  }

  /// Records a case that was under way as failed, with the inputs that it was begun with.
  package func fail(_ id: String, _ error: String) throws(BatchError) {
    try write { db in
      try db.execute(
        sql:
          "UPDATE cases SET state = 'failed', owner = NULL, seen = NULL, error = ?, summary = NULL, record = NULL WHERE id = ? AND state = 'running'",
        arguments: [error, id])
    }
  }
}
