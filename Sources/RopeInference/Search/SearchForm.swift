/// The spaces of tables, by the names that commands use.
public enum SearchForm: String, Sendable, CaseIterable {
  /// A curve of five numbers.
  case curve
  /// A factor of each pair from a critical one on.
  case pairs

  public func space(_ frame: SearchFrame) -> any SearchSpace {
    switch self {
    case .curve: CurveSpace(frame)
    case .pairs: CriticalPairSpace(frame)
    }
  }
}
