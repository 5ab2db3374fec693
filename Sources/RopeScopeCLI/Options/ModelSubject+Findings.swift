import RopeCheck
import RopeConfig
import RopeRecords

extension ModelSubject {
  /// What `check` says of the configuration as it stands; what a target would need is the advice's. Nil for a geometry from
  /// options.
  func findings(for runtimes: [Runtime]?) -> [FindingRecord]? {
    guard let declaration else { return nil }
    let facts = Facts(runtimes: (runtimes ?? []).map(\.id))
    return Checker(overrides: facts)
      .check(bytes: declaration.source.bytes, path: declaration.source.path ?? "config.json").records
  }
}
