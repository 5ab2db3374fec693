/// Where a case stands.
public enum CaseState: String, Sendable, Codable, CaseIterable {
  case planned
  case running
  case done
  case failed
}
