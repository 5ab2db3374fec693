import Foundation
import RopeInference

/// What a batch will take: time, memory and disk.
///
/// Rates were measured on an x86-64 machine at 2.5 GHz; the times of cases that the folder already holds, or of a
/// rehearsal, take the place of the rates for reports.
package struct BatchEstimate: Sendable, Equatable {
  /// Cases that are done and stay.
  package var kept = 0
  package var toCompute = 0
  /// Wall time on `jobs` cores.
  package var seconds = 0.0
  /// At the widest moment.
  package var memoryBytes = 0
  /// That the new cases will add.
  package var diskBytes = 0
  /// Whether times of earlier cases were used.
  package var isFromHistory = false
  /// Whether cases were made to be timed.
  package private(set) var isTimed = false
  /// Seconds of the reports alone.
  private var reportSeconds = 0.0

  /// Core seconds, and bytes, of a report: a constant part and one for each method.
  private static let report = (seconds: 0.42, secondsPerMethod: 0.04, bytes: 1_500_000, bytesPerMethod: 160_000)
  /// Methods of a report that names none.
  private static let allMethods = 24
  /// Memory of the program, and of each case under way.
  private static let memory = (base: 60 << 20, perCase: 20 << 20)
  /// Multiplications and additions a core does in a second, in float32.
  private static let operationsPerSecond = 60e9
  /// Bytes up to which a model's weights are kept expanded, and of what else a forward pass holds.
  private static let evaluation = (expanded: 2 << 30, buffers: 250 << 20)

  /// - Parameters:
  ///   - known: rows of the folder's database; empty where there is none.
  ///   - isKept: whether a case is done with the same inputs.
  package init(
    _ cases: [BatchCase], plan: BatchPlan, known: [StoredCase], jobs: Int, cores: Int, isKept: (BatchCase) -> Bool
  ) {
    let waiting = cases.filter { !isKept($0) }
    kept = cases.count - waiting.count
    toCompute = waiting.count
    let methods = plan.methods?.count ?? Self.allMethods
    diskBytes = waiting.count * (Self.report.bytes + methods * Self.report.bytesPerMethod)
    let times = known.filter { $0.state == .done && $0.evaluations == nil && $0.parameters?.methods == plan.methods }
      .compactMap(\.seconds)
    var coreSeconds = Self.report.seconds + Double(methods) * Self.report.secondsPerMethod
    if !times.isEmpty, plan.evaluations == nil {
      isFromHistory = true
      coreSeconds = times.reduce(0, +) / Double(times.count)
    }
    seconds = coreSeconds * Double(waiting.count) / Double(max(1, min(jobs, cores, waiting.count)))
    reportSeconds = seconds
    memoryBytes = waiting.isEmpty ? 0 : Self.memory.base + min(jobs, waiting.count) * Self.memory.perCase
    guard let evaluations = plan.evaluations else { return }
    var largest = 0
    for model in Set(waiting.map(\.model)).sorted() {
      guard let files = try? RunnableModel(path: model) else { continue }
      let perToken = files.decoder.operationsPerToken
      let tokens = evaluations.tokensPerMethod * Double(methods) * Double(waiting.count { $0.model == model })
      seconds += tokens * Double(perToken) / Self.operationsPerSecond / Double(max(1, cores))
      // Two operations a weight, four bytes each when expanded.
      largest = max(largest, min(Self.evaluation.expanded, perToken / 2 * 4) + Self.evaluation.buffers)
    }
    memoryBytes += largest
  }

  /// Puts what cases were seen to take in place of the rates.
  package mutating func use(_ rehearsal: BatchRehearsal?) {
    guard let rehearsal else { return }
    let timed = rehearsal.seconds(for: toCompute)
    seconds += timed - reportSeconds
    reportSeconds = timed
    isTimed = true
  }

  /// Cases that fit into the memory that is free, at most one a core.
  package static func defaultJobs(cores: Int) -> Int {
    guard let free = freeMemory else { return cores }
    return max(1, min(cores, (free - memory.base) / (4 * memory.perCase)))
  }

  /// Bytes that processes can still take; nil where the system does not tell.
  static var freeMemory: Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }

  /// Bytes that are free where a folder lies or will lie; nil where the system does not tell.
  package static func freeDisk(at folder: String) -> Int? {
    var place = URL(fileURLWithPath: folder).standardizedFileURL
    while !FileManager.default.fileExists(atPath: place.path), place.pathComponents.count > 1 {
      place.deleteLastPathComponent()
    }
    var status = statvfs()
    guard statvfs(place.path, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
