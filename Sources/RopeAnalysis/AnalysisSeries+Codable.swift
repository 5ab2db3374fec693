extension AnalysisSeries {
  private enum CodingKeys: String, CodingKey {
    case name, series, title, unit, method, length, x, y, lower, upper, summary
    case closedForm = "closed_form"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func numbers(_ key: CodingKeys) throws -> [Double] {
      // Lists without a null take the far quicker way.
      if let finite = try? container.decodeIfPresent([Double].self, forKey: key) { return finite }
      return try container.decodeIfPresent([Double?].self, forKey: key)?.map { $0 ?? .nan } ?? []
    }
    self.init(
      name: try container.decode(String.self, forKey: .name),
      series: try container.decodeIfPresent(String.self, forKey: .series) ?? "",
      title: try container.decode(String.self, forKey: .title), unit: try container.decode(String.self, forKey: .unit),
      method: try container.decode(String.self, forKey: .method),
      length: try container.decode(Int.self, forKey: .length),
      x: try numbers(.x), y: try numbers(.y), lower: try numbers(.lower), upper: try numbers(.upper),
      closedForm: try numbers(.closedForm),
      summary: Dictionary(
        uniqueKeysWithValues: try container.decode([String: Double?].self, forKey: .summary).map {
          (SummaryKey($0), $1 ?? .nan)
        }))
  }

  public func encode(to encoder: any Encoder) throws {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    var container = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ values: [Double], forKey key: CodingKeys) throws {
      if values.allSatisfy(\.isFinite) {
        // The same text as below, by a far quicker way.
        try container.encode(values, forKey: key)
      } else {
        try container.encode(values.map(finite), forKey: key)
      }
    }
    try container.encode(name, forKey: .name)
    try container.encode(series, forKey: .series)
    try container.encode(title, forKey: .title)
    try container.encode(unit, forKey: .unit)
    try container.encode(method, forKey: .method)
    try container.encode(length, forKey: .length)
    try encode(x, forKey: .x)
    try encode(y, forKey: .y)
    try encode(lower, forKey: .lower)
    try encode(upper, forKey: .upper)
    if !closedForm.isEmpty { try encode(closedForm, forKey: .closedForm) }
    let named = summary.map { ($0.name, finite($1)) }
    try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .summary)
  }
}
