/// Versions of a runtime that share a behaviour, as what changed against the versions before.
struct RuntimeBand<Rules: Sendable>: Sendable {
  /// First version known with the change.
  let since: String
  /// The newest version of the band whose source was read.
  let read: String
  let date: String
  /// What the band does otherwise than the one before it.
  let what: String
  let change: @Sendable (inout Rules) -> Void

  init(
    since: String, read: String? = nil, date: String, _ what: String,
    change: @escaping @Sendable (inout Rules) -> Void = { _ in }
  ) {
    self.since = since
    self.read = read ?? since
    self.date = date
    self.what = what
    self.change = change
  }
}

extension Runtime {
  /// One runtime a band, from the oldest to the newest; each band has the changes of all before it.
  static func bands<Rules: Sendable>(
    name: String, aliases: [String] = [], title: String, _ rows: [RuntimeBand<Rules>], from rules: Rules,
    next: String? = nil, dialect: (Rules) -> Dialect
  ) -> [Runtime] {
    var rules = rules
    var runtimes: [Runtime] = []
    for (index, row) in rows.enumerated() {
      row.change(&rules)
      runtimes.append(
        Runtime(
          name: name, aliases: aliases, title: title, version: row.read,
          first: row.since, next: index + 1 < rows.count ? rows[index + 1].since : next, date: row.date,
          remarks: [row.what],
          dialect: dialect(rules)))
    }
    return runtimes
  }
}
