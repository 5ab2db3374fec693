import Foundation

extension AxisTicks {
  /// Powers of two, every one, every second, every third … as far as the labels fit; the others are minor ticks.
  func powersOfTwo() -> [Tick] {
    let (first, last) = exponents(log2)
    guard last - first >= 1 else { return axis.format == .tokens ? tokensBetween() : round(scaledBy: 1) { $0 } }
    let required = Set(
      axis.requiredTicks.compactMap { tick -> Int? in tick > 0 ? Int(exactly: log2(tick) as Double) : nil })
    for step in 1...(last - first + 1) {
      let offset = (0..<step).max { one, other in
        func score(_ offset: Int) -> Int { required.count { ($0 - first - offset).isMultiple(of: step) } }
        return score(one) < score(other) || (score(one) == score(other) && one > other)
      }
      let ticks = (first...last).map { exponent -> Tick in
        let value = exp2(Double(exponent))
        let isLabelled = (exponent - first - (offset ?? 0)).isMultiple(of: step)
        return Tick(value, label: isLabelled ? powerLabel(value) : "", isMajor: isLabelled)
      }
      let labelled = ticks.count { $0.isMajor }
      if isLegible(ticks), Double(labelled) <= max(wanted * 1.6, 3) { return ticks }
    }
    return (first...last).map { Tick(exp2(Double($0)), label: "", isMajor: false) }
  }

  /// Powers of ten; 1, 2, 5 between them where the axis is short, unlabelled minor ticks where it is long.
  func decades() -> [Tick] {
    let (first, last) = exponents(log10)
    let span = log10(scale.domain.upperBound / scale.domain.lowerBound)
    if span < 2.2 {
      let ticks = parts([1, 2, 5])
      if ticks.count >= 3, Double(ticks.count) <= wanted * 1.6, isLegible(ticks) { return ticks + minors(ticks) }
    }
    guard last - first >= 1 else {
      let ticks = parts([1, 2, 5])
      if ticks.count >= 3, isLegible(ticks) { return ticks + minors(ticks) }
      return round(scaledBy: 1) { $0 }
    }
    for step in 1...(last - first + 1) {
      let ticks = (first...last).map { exponent -> Tick in
        let isLabelled = exponent.isMultiple(of: step)
        return Tick(
          pow(10, Double(exponent)), label: isLabelled ? decadeLabel(exponent, first, last) : "", isMajor: isLabelled)
      }
      let labelled = ticks.count { $0.isMajor }
      guard isLegible(ticks), Double(labelled) <= max(wanted * 1.6, 3) else { continue }
      let perDecade = length / max(span, 1e-9)
      return step == 1 && perDecade >= 16 ? ticks + minors(ticks) : ticks
    }
    return (first...last).map { Tick(pow(10, Double($0)), label: "", isMajor: false) }
  }

  private func tokensBetween() -> [Tick] {
    var copy = self
    copy.axis.scale = .linear
    return copy.ticks().filter { scale.contains($0.value) }
  }

  private func exponents(_ logarithm: (Double) -> Double) -> (Int, Int) {
    let first = ceil(logarithm(scale.domain.lowerBound) - 1e-9)
    let last = floor(logarithm(scale.domain.upperBound) + 1e-9)
    guard first.isFinite, last.isFinite else { return (0, -1) }
    return (Int(first), Int(last))
  }

  private func parts(_ digits: [Double]) -> [Tick] {
    let first = Int(floor(log10(scale.domain.lowerBound)))
    let last = Int(floor(log10(scale.domain.upperBound) + 1e-9))
    guard last - first < 20 else { return [] }
    let values = (first...max(first, last)).flatMap { exponent in digits.map { $0 * pow(10, Double(exponent)) } }
      .filter(scale.contains)
    return values.map { Tick($0, label: NumberText.text($0, format: axis.format)) }
  }

  private func minors(_ majors: [Tick]) -> [Tick] {
    parts(Array(stride(from: 1, through: 9, by: 1)))
      .filter { minor in !majors.contains { abs($0.value - minor.value) <= 1e-9 * minor.value } }
      .map { Tick($0.value, label: "", isMajor: false) }
  }

  private func powerLabel(_ value: Double) -> String {
    guard axis.format == .number else { return NumberText.text(value, format: axis.format) }
    if value >= 1e5 { return "2" + NumberText.power(Int(log2(value))).dropFirst(2) }
    return NumberText.powerOfTwo(value)
  }

  /// All in full where they are short, else all as powers.
  private func decadeLabel(_ exponent: Int, _ first: Int, _ last: Int) -> String {
    if axis.format == .percent { return NumberText.text(pow(10, Double(exponent)), format: .percent) }
    guard first >= -3, last <= 4 else { return NumberText.power(exponent) }
    return NumberText.fixed(pow(10, Double(exponent)), decimals: max(0, -exponent))
  }
}
