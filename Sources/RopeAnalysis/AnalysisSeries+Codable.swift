extension AnalysisSeries {
  private enum CodingKeys: String, CodingKey {
    case name, series, title, unit, method, length, x, y, lower, upper, summary
    case closedForm = "closed_form"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func numbers(_ key: CodingKeys) throws -> [Double] {
      try container.decodeIfPresent([Double?].self, forKey: key)?.map { $0 ?? .nan } ?? []
    }
    self.init(
      name: try container.decode(String.self, forKey: .name),
      series: try container.decodeIfPresent(String.self, forKey: .series) ?? "",
      title: try container.decode(String.self, forKey: .title), unit: try container.decode(String.self, forKey: .unit),
      method: try container.decode(String.self, forKey: .method),
      length: try container.decode(Int.self, forKey: .length),
      x: try numbers(.x), y: try numbers(.y), lower: try numbers(.lower), upper: try numbers(.upper),
      closedForm: try numbers(.closedForm),
      summary: try container.decode([String: Double?].self, forKey: .summary).mapValues { $0 ?? .nan })
  }

  public func encode(to encoder: any Encoder) throws {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(series, forKey: .series)
    try container.encode(title, forKey: .title)
    try container.encode(unit, forKey: .unit)
    try container.encode(method, forKey: .method)
    try container.encode(length, forKey: .length)
    try container.encode(x.map(finite), forKey: .x)
    try container.encode(y.map(finite), forKey: .y)
    try container.encode(lower.map(finite), forKey: .lower)
    try container.encode(upper.map(finite), forKey: .upper)
    if !closedForm.isEmpty { try container.encode(closedForm.map(finite), forKey: .closedForm) }
    try container.encode(summary.mapValues(finite), forKey: .summary)
  }
}
