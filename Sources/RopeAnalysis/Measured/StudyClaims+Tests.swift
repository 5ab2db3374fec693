import RopeText

/// The comparisons that claims rest on.
extension StudyClaims {
  /// Benchmarks with answers about at least three documents.
  var tasks: [String] {
    measurements.benchmarks.compactMap { $0 }.filter { task in
      measurements.scores.contains { $0.benchmark == task && $0.answerLossByDocument?.count ?? 0 > 2 }
    }
  }

  /// Tests of tasks where there are any: their documents are the sample, while trials that hide one number count one by
  /// one although several share a document.
  func measured(_ found: StudyClaim.Test?, or scored: [StudyClaim.Test?]) -> [StudyClaim.Test?] {
    scored.isEmpty ? [found] : scored
  }

  /// What one method finds less what another does, or the losses of their answers, beyond the trained length.
  ///
  /// - Parameter side: of what is found; more of it is less loss.
  func successes(
    of own: StudyMethod, minus other: StudyMethod, _ side: StudyClaim.Side
  ) -> [StudyClaim.Test?] {
    measured(
      found(own, minus: other, where: { $0.length > trainedLength }, side),
      or: tasks.map { answered($0, own, minus: other, side.opposite) })
  }

  /// The loss of the answers tells more than their share where few are found. Nil where one of the two was not measured on
  /// the same documents.
  private func answered(
    _ task: String, _ own: StudyMethod, minus other: StudyMethod, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own), let other = method(other) else { return nil }
    let references = measurements.scores(of: other, in: task, beyond: trainedLength)
    var byDocument: [String: [Double]] = [:]
    for score in measurements.scores(of: own, in: task, beyond: trainedLength) {
      guard let values = score.answerLossByDocument,
        let others = references.first(where: { $0.length == score.length && $0.documents == score.documents })?
          .answerLossByDocument,
        values.count == others.count
      else { return nil }
      // Texts without names are told apart by their places.
      let names = score.documents ?? values.indices.map(String.init)
      for (name, pair) in zip(names, zip(values, others)) { byDocument[name, default: []].append(pair.0 - pair.1) }
    }
    let difference = ClusterMean(byDocument.sorted { $0.key < $1.key }.map(\.value))
    guard let p = difference.twoSided else { return nil }
    return StudyClaim.Test(
      comparison: "loss of answers in “\(task)” of \(name(own)) − \(name(other)), beyond the trained length",
      unit: "nats per answer", value: difference.mean, interval: difference.interval,
      sample: "\(difference.clusters) documents", side: side, p: p)
  }

  var inside: Range<Int> { 0..<trainedLength }
  var beyond: Range<Int> { trainedLength..<Int.max }

  /// Nil where one of the two was not measured on several documents: one says nothing of others.
  func loss(
    _ own: StudyMethod, minus other: StudyMethod, within range: Range<Int>, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own).flatMap(measurements.byPosition),
      let reference = method(other).flatMap(measurements.byPosition),
      own.length == reference.length,
      let difference = MeasuredDifference(own, minus: reference, positions: range), difference.documents > 1,
      let p = difference.twoSided(against: side.bound)
    else { return nil }
    let names = (name(own.method), name(reference.method))
    return StudyClaim.Test(
      comparison: range.lowerBound == 0
        ? "loss of \(names.0) − \(names.1), within the trained length"
        : "loss of \(names.0) − \(names.1), beyond the trained length",
      unit: "nats per token", value: difference.mean, interval: difference.interval,
      sample: "\(difference.documents) documents", side: side, p: p)
  }

  /// Nil where one of the two was not measured, or trials are not told apart.
  func found(
    _ own: StudyMethod, minus other: StudyMethod, where isCounted: (MeasuredRetrieval) -> Bool,
    isFartherBack: Bool = false, _ side: StudyClaim.Side
  ) -> StudyClaim.Test? {
    guard let own = method(own), let reference = method(other) else { return nil }
    func cells(_ label: String) -> [MeasuredRetrieval] {
      measurements.retrieval.filter { $0.method == label && isCounted($0) }
    }
    let comparison = RetrievalComparison(cells(own), cells(reference))
    guard comparison.own.trials > 0, let p = comparison.exactTest else { return nil }
    func share(_ label: String, _ found: MeasuredProportion) -> Message {
      "\(name(label)) (\(found.successes)/\(found.trials))"
    }
    let a = share(own, comparison.own), b = share(reference, comparison.other)
    return StudyClaim.Test(
      comparison: isFartherBack
        ? "found by \(a) − by \(b), farther back than the trained length"
        : "found by \(a) − by \(b), beyond the trained length",
      unit: "share of trials", value: comparison.difference, interval: comparison.interval,
      sample: "\(comparison.own.trials) trials", side: side, p: p)
  }
}
