import CCairo

/// What Cairo could not do, in its own words.
public struct CairoError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ doing: String, _ status: cairo_status_t) {
    let reason = cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown error"
    description = "\(doing) failed: \(reason)"
  }

  init(_ description: String) { self.description = description }
}
