import RopeInference
import RopeMath
import RopeReport

/// How long cases take here and now: the first of a batch, made and thrown away as many at once as the batch will have.
package struct BatchRehearsal: Sendable {
  /// Cases made at once.
  package let width: Int
  /// Seconds of the first round, with what happens once only, and of the second, where there were cases for it.
  package let first: Double
  package let second: Double?

  /// Nil where no case could be made, or there is none.
  ///
  /// - Parameter cases: those that wait to be computed.
  package static func run(
    _ cases: [BatchCase], plan: BatchPlan, jobs: Int, options: ReportFiles.Options, resources: MethodResources = .none,
    loadNumbers: @escaping @Sendable (String) throws(MethodError) -> [Double] = MethodSpecification.refuseFiles
  ) async -> BatchRehearsal? {
    let width = min(jobs, cases.count)
    guard width > 0 else { return nil }
    let worker = CaseWorker(
      plan: plan, folder: "", version: "", options: options, resources: resources, loadNumbers: loadNumbers,
      control: RunControl(isCancelled: { false }), gate: EvaluationGate())
    guard let first = await seconds(Array(cases.prefix(width)), worker) else { return nil }
    let others = cases.dropFirst(width).suffix(width)
    return BatchRehearsal(
      width: width, first: first, second: others.count == width ? await seconds(Array(others), worker) : nil)
  }

  /// Seconds of a batch of so many such cases.
  package func seconds(for count: Int) -> Double {
    first + (second ?? first) * Double(max(0, count - width)) / Double(width)
  }

  private static func seconds(_ cases: [BatchCase], _ worker: CaseWorker) async -> Double? {
    let start = ContinuousClock.now
    let made = await withTaskGroup(of: Bool.self) { group in
      for entry in cases { group.addTask { (try? await worker.report(entry)) != nil } }
      var all = true
      for await isMade in group { all = all && isMade }
      return all
    }
    return made ? start.duration(to: .now) / .seconds(1) : nil
  }
}
