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
    #if os(Linux)
      // getrusage would tell the parent's size where that was larger when it started this program.
      guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kibibytes = Int(line.filter(\.isNumber))
      else { return 0 }
      return kibibytes * 1024
    #else
      var usage = rusage()
      guard getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss
    #endif
  }
}
