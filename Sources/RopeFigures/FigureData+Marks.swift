import RopeAnalysis
import RopeChart
import RopeMath
import RopeText

/// Pieces that several kinds of figure are made of.
extension FigureData {
  /// A line for each method that has the curve.
  func lines(_ name: String, _ series: String, where isShown: (Method) -> Bool = { _ in true }) -> [Mark] {
    curves(name, series).filter { isShown($0.method) }.map { method, curve in
      .line(Mark.Series(label: method.name, style: style(of: method), x: curve.x, y: curve.y))
    }
  }

  /// Steps centred on the pair indices, for curves over pairs.
  func steps(_ name: String, _ series: String) -> [Mark] {
    curves(name, series).map { method, curve in
      .steps(Mark.Series(label: method.name, style: style(of: method), x: curve.x, y: curve.y))
    }
  }

  func curves(_ name: String, _ series: String) -> [(method: Method, curve: AnalysisSeries)] {
    methods.compactMap { method in self.series(name, series, method: method.label).map { (method, $0) } }
  }

  /// The curve of every method of the run that has one, shown in other figures or not.
  func everyCurve(_ name: String, _ series: String) -> [(method: Method, curve: AnalysisSeries)] {
    all.compactMap { method in self.series(name, series, method: method.label).map { (method, $0) } }
  }

  func baseline(_ name: String, _ series: String) -> AnalysisSeries? {
    self.series(name, series, method: AnalysisSeries.baseline)
  }

  /// A number of a method's analysis.
  func value(_ name: String, _ key: SummaryKey, of method: Method) -> Double? {
    series.value(key, of: name, method: method.label)
  }

  /// The trained curve of the model itself.
  func trainedLine(_ curve: AnalysisSeries?, label: String? = nil) -> [Mark] {
    curve.map {
      [.line(Mark.Series(label: label ?? language("as trained"), style: MethodStyles.trained, x: $0.x, y: $0.y))]
    } ?? []
  }

  /// Rules at the trained and the target length.
  func lengthRules(_ direction: Mark.Rule.Direction) -> [Mark] {
    var rules: [Mark] = [
      .rule(Mark.Rule(direction, at: Double(trainedLength), label: language("trained \(trainedText)")))
    ]
    if targetLength != trainedLength {
      rules.append(
        .rule(Mark.Rule(direction, at: Double(targetLength), label: language("target \(targetText)"))))
    }
    return rules
  }

  /// Curves over pairs divided by that of the model as trained; nil where the target is not longer or nothing is left
  /// to compare.
  func ratioPanel(_ curves: [Mark], to trained: AnalysisSeries, title: String, label: String) -> Panel? {
    let ratios = curves.compactMap { mark -> Mark? in
      guard case .line(var series) = mark, series.x == trained.x else { return nil }
      series.y = zip(series.y, trained.y).map { $1 > 0 && $0.isFinite ? $0 / $1 : .nan }
      return series.y.contains(where: \.isFinite) ? .line(series) : nil
    }
    guard targetLength > trainedLength, !ratios.isEmpty else { return nil }
    let scale = Double(targetLength) / Double(trainedLength)
    return Panel(
      title: title, x: pairAxis, y: Axis(label, scale: .log2, requiredTicks: [1, scale]),
      marks: [
        .rule(Mark.Rule(.horizontal, at: scale, label: language("target / trained"))),
        .rule(Mark.Rule(.horizontal, at: 1, label: language("as trained"))),
      ] + ratios)
  }

  func lengthAxis(_ label: String, domain: ClosedRange<Double>? = nil) -> Axis {
    Axis(
      label, scale: .log2, format: .tokens, domain: domain,
      requiredTicks: [Double(trainedLength), Double(targetLength)])
  }

  var pairAxis: Axis { Axis(language("Pair index i"), format: .pairIndex) }

  /// As axes and sentences write it: 8k.
  public var trainedText: String { TokenCount.label(trainedLength) }
  var targetText: String { TokenCount.label(targetLength) }

  /// What captions begin with: the model and its lengths.
  package var setting: String {
    let base = Wording.given(geometry.base), head = geometry.headDimension
    let trained = Wording.whole(trainedLength), target = Wording.whole(targetLength)
    return concernsFullLayers
      ? language(
        "\(modelName), layers with full attention (head \(head), base \(base)), trained to \(trained), target \(target) tokens."
      )
      : language("\(modelName) (head \(head), base \(base)), trained to \(trained), target \(target) tokens.")
  }

  /// A share of 1 as sentences write it: 12 %.
  func percent(_ share: Double, digits: Int = 2) -> String {
    language("\(Wording.number(100 * share, digits: digits)) %")
  }

  /// A sentence about a panel: `(a) Wavelength …`.
  func lettered(_ letter: String, _ sentence: String) -> String { language("(\(letter)) \(sentence)") }

  /// The names of methods that pass a test, as a sentence lists them.
  func names(where passes: (Method) -> Bool) -> [String] { methods.filter(passes).map(\.name) }
}
