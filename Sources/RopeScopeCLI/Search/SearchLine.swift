import Foundation
import RopeInference
import RopeMath

/// What the terminal says of a search under way: generation, candidate, the best so far, and the time that is left.
final class SearchLine: Sendable {
  private let line: LiveLine
  private let estimate = TimeEstimate()
  private let lengths: [Int]
  private let generations: Int
  /// Share of the search in all tokens.
  private let searchShare: Double

  init(_ line: LiveLine, _ plan: SearchPlan) {
    self.line = line
    lengths = plan.search.schedule.rungs.map(\.length)
    generations = plan.search.schedule.generations
    searchShare = plan.tokens.search / max(1, plan.tokens.search + plan.tokens.comparison)
  }

  func show(_ progress: SearchProgress) {
    let length = lengths.indices.contains(progress.rung) ? TokenCount.label(lengths[progress.rung]) : ""
    let best = progress.best.map { ", best \(($0 * 1e4).rounded() / 1e4)" } ?? ""
    tell(
      "generation \(progress.generation + 1) of \(generations), candidate \(min(progress.place + 1, progress.count)) of \(progress.count) at \(length)\(best)",
      share: searchShare * progress.share)
  }

  func compare(_ share: Double) {
    tell("comparing on texts that the search did not read", share: searchShare + (1 - searchShare) * share)
  }

  private func tell(_ words: String, share: Double) {
    let left = estimate.secondsLeft(share: share).map { ", \(EvaluationOptions.duration($0)) left" } ?? ""
    line.tell("\(words) · \(Int(100 * share)) %\(left)")
  }
}
