import RopeAnalysis

/// The live line of a run whose analyses take seconds: how many are done, and which was the last. On a terminal only.
struct AnalysisProgress {
  /// Called after each analysis; nil where nothing is to be shown.
  let finished: (@Sendable (AnalysisCard, Int, Int) -> Void)?

  /// - Parameter isLong: whether the run is worth a line, as with measured moments.
  init(_ console: Console, _ output: OutputOptions, isLong: Bool) {
    guard isLong, console.errorIsTerminal, !output.quiet else {
      finished = nil
      return
    }
    finished = { card, done, total in
      let line = done < total ? "\(done)/\(total) analyses, \(card.id) done" : ""
      console.write(.error, Array("\r\u{1B}[K\(line)".utf8))
    }
  }
}
