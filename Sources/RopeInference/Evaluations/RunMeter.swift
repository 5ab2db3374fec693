import Foundation

#if canImport(Darwin)
  import Darwin
#endif

/// Time and memory of a run: the only figures of a record that may differ from one run to the next.
struct RunMeter {
  private let start = DispatchTime.now().uptimeNanoseconds

  /// At least a nanosecond.
  var seconds: Double { Double(max(1, DispatchTime.now().uptimeNanoseconds - start)) / 1e9 }

  /// The largest resident size of the process so far.
  static var peakMemoryBytes: Int {
    var usage = rusage()
    #if os(Linux)
      guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
      return usage.ru_maxrss * 1024
    #else
      guard getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss
    #endif
  }
}
