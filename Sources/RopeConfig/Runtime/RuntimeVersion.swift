/// A version as runtimes number theirs: `4.57.6`, `v0.33`, `2026-10-01`, compared number by number.
public struct RuntimeVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let numbers: [Int]

  /// Nil where the text holds no number. Words around the numbers (`v`, `b`, `.post1`, `rc`) are left out.
  public init?(_ text: String) {
    let runs = text.split { !("0"..."9").contains($0) }
    let numbers = runs.prefix(4).compactMap { Int($0) }
    guard !numbers.isEmpty, numbers.count == min(4, runs.count) else { return nil }
    self.numbers = numbers
  }

  public var description: String { numbers.map(String.init).joined(separator: ".") }

  /// Whether it is a date, as runtimes without release numbers have.
  public var isDate: Bool { (numbers.first ?? 0) >= 2000 }

  /// Missing numbers count as 0: `4.57` equals `4.57.0` in order.
  public static func < (left: RuntimeVersion, right: RuntimeVersion) -> Bool {
    let count = max(left.numbers.count, right.numbers.count)
    return left.padded(count).lexicographicallyPrecedes(right.padded(count))
  }

  /// Whether `other` is this version or a finer one: `0.33` holds `0.33.2`.
  public func holds(_ other: RuntimeVersion) -> Bool { other.numbers.starts(with: numbers) }

  /// The same release series: the first two numbers agree.
  func isSameMinor(as other: RuntimeVersion) -> Bool { padded(2).prefix(2) == other.padded(2).prefix(2) }

  private func padded(_ count: Int) -> [Int] { numbers + Array(repeating: 0, count: max(0, count - numbers.count)) }
}
