import RopeAnalysis

extension FigureData {
  /// Why a figure of measurements is empty, and what to add.
  ///
  /// - Parameter command: what measures it, where there is a command that does.
  func missing(_ what: String, columns: String, command: String? = nil) -> String {
    let records = command.map { ", or what \($0) --format json writes" } ?? ""
    let advice = "CSV with the columns \(columns)\(records)"
    guard !measurements.isEmpty else {
      return "it shows measurements and none were given; add --measured FILE: \(advice)"
    }
    var held: [String] = []
    if measurements.losses.contains(where: { $0.length != nil }) { held.append("losses by length") }
    if measurements.losses.contains(where: { $0.buckets.count > 1 }) { held.append("losses by position") }
    if !measurements.scores.isEmpty { held.append("scores") }
    if !measurements.retrieval.isEmpty { held.append("retrieval by depth") }
    return "the measurements hold \(Wording.list(held)), not \(what); it needs \(advice)"
  }
}
