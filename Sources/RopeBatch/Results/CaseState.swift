/// Where a case stands.
package enum CaseState: String, Sendable, Codable, CaseIterable {
  case planned
  case running
  case done
  case failed
}
