import Foundation

/// What a PDF says about itself.
public struct PDFMetadata: Sendable, Hashable {
  public var title: String
  public var author: String
  public var subject: String
  public var keywords: [String]
  public var creator: String
  /// Seconds since 1970, UTC.
  public var created: Int

  /// `created` left out is SOURCE_DATE_EPOCH where it is set, else the first day of 2000, so that equal input gives
  /// equal bytes.
  public init(
    title: String, author: String = "", subject: String = "", keywords: [String] = [], creator: String = "RopeScope",
    created: Int? = nil
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.keywords = keywords
    self.creator = creator
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) }
    self.created = created ?? epoch.flatMap { (0...253_402_300_799).contains($0) ? $0 : nil } ?? 946_684_800
  }

  /// `2000-01-01T00:00:00Z`.
  var createdText: String {
    // Days to a civil date, by eras of 400 years that begin in March.
    let seconds = ((created % 86_400) + 86_400) % 86_400
    let days = (created - seconds) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func pad(_ value: Int, _ width: Int = 2) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return
      "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))Z"
  }
}
