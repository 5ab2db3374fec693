/// How a long computation tells how far it is and learns that it should stop.
public struct RunControl: Sendable {
  /// Asked often; once true, the computation throws `InferenceError.cancelled`.
  public var isCancelled: @Sendable () -> Bool
  /// The share that is done, 0 … 1.
  public var progress: @Sendable (Double) -> Void

  public init(
    isCancelled: @escaping @Sendable () -> Bool = { false }, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.isCancelled = isCancelled
    self.progress = progress
  }

  public static let none = RunControl()

  func checkCancellation() throws(InferenceError) {
    if isCancelled() { throw .cancelled }
  }

  /// The same for a part of the whole, by the shares at which it begins and ends.
  package func part(from start: Double, to end: Double) -> RunControl {
    let progress = progress
    return RunControl(isCancelled: isCancelled) { progress(min(1, start + $0 * (end - start))) }
  }

  /// The same for one of several equal parts.
  package func part(_ index: Int, of count: Int) -> RunControl {
    part(from: Double(index) / Double(count), to: Double(index + 1) / Double(count))
  }
}
