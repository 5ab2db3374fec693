import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeText

/// The table of every method by every property, and its short form.
extension ReportDocument {
  /// Every method by every property.
  public var comparisonTable: Block.Table {
    func column(
      _ title: Message, _ unit: Message = "", _ best: Block.Table.Column.Direction? = nil, _ why: Message,
      alignment: Block.Table.Column.Alignment = .decimal, term: String? = nil
    ) -> Block.Table.Column {
      Block.Table.Column(
        language(title), unit: language(unit), alignment: alignment, best: best, explanation: language(why), term: term)
    }
    func shared(_ form: ClosedForm) -> Message { Message(template: form.title) }
    let columns = [
      Block.Table.Column(language("Method"), alignment: .left),
      column("Phase-safe", "tokens", .highest, "longest context without a new angle", term: "phase-safe"),
      column(shared(.pairsWithNewAngles), "", .lowest, "pairs that meet an angle training never showed"),
      column(shared(.meanNewArc), "", .lowest, "mean over pairs of the share of the circle that is new"),
      column(
        shared(.resolutionKept), "", .highest,
        "Σθ′²/Σθ²: what is left of the squared difference between neighbouring positions"),
      column(
        "Middle ratio", "", nil,
        "pairs that turned 1 to 32 times in training, where most methods differ: geometric mean of θ′/θ"),
      column(
        shared(.logitFactor), "", nil,
        "factor on the spread of whole logits at the target, un-rotated features included"),
      column(
        "Entropy", "nats", nil,
        "attention entropy at the target; at the trained length it was \(Wording.fixed(record.comparison.first?.entropyAtTrained ?? .nan, decimals: 2))"
      ),
      column(
        "Sign change", "tokens", .highest,
        "first distance at which the mean score is negative; none where it is not up to the target"),
      column(
        "Needed factor", "", nil, "smallest factor that would be phase-safe at the target",
        term: "needed factor"),
      column(
        "Cache", "", nil, "K0 fixed, K1 one switch, K2 drifts, Kq queries only, Kp keys un-rotated", alignment: .left,
        term: "cached keys"),
      column(
        "Weights", "", nil, "frozen, fine-tuned under the method, or either; a mark where attention is approximate",
        alignment: .left, term: "frozen"),
    ]
    return Block.Table(
      id: "comparison-table", caption: told("Every method at \(target) tokens."), columns: columns,
      rows: record.comparison.map(comparisonRow))
  }

  private func comparisonRow(_ row: ComparisonRow) -> Block.Table.Row {
    func cell(_ value: Double, _ text: String, why: Message = "") -> Block.Table.Cell {
      value.isNaN ? Block.Table.Cell("–") : Block.Table.Cell(Prose(text), value: value, why: language(why))
    }
    let isShort = !facts.isSafe(row) && record.targetLength > record.trainedLength
    let method = record.methods.first { $0.label == row.label }
    return Block.Table.Row(
      [
        Block.Table.Cell(Prose(method?.name(in: language) ?? row.label)),
        cell(
          row.phaseSafeLength, Wording.tokens(row.phaseSafeLength),
          why: isShort ? "short of the target: slow pairs leave their trained angles" : remark(row)),
        cell(row.pairsWithNewAngles, Wording.number(row.pairsWithNewAngles)),
        cell(row.meanNewArc, Wording.fixed(row.meanNewArc, decimals: 3)),
        cell(
          row.resolutionKept, Wording.fixed(row.resolutionKept, decimals: 3),
          why: row.resolutionKept < 0.5 ? "near tokens grow hard to tell apart" : ""),
        cell(row.middleRatio, Wording.fixed(row.middleRatio, decimals: 3)),
        cell(row.logitFactor, Wording.fixed(row.logitFactor, decimals: 3)),
        cell(row.entropyAtTarget, Wording.fixed(row.entropyAtTarget, decimals: 2)),
        signChange(row),
        cell(row.neededFactor, Wording.number(row.neededFactor)),
        Block.Table.Cell(
          Prose(row.hazard), why: row.hazard == "K2" ? language("cached keys go stale with every token") : ""),
        weights(row),
      ], style: data.style(of: .init(label: row.label, name: row.label, ids: row.ids)))
  }

  /// A score that stays positive is the best there is, not a missing value; measured mean logits have no sign to change.
  private func signChange(_ row: ComparisonRow) -> Block.Table.Cell {
    if row.firstSignChange.isFinite {
      return Block.Table.Cell(Prose(Wording.tokens(row.firstSignChange)), value: row.firstSignChange)
    }
    let isSearched =
      record.statistics == nil
      && record.analyses.contains {
        $0.name == ScoreByDistance.card.id && $0.method == row.label && $0.series == "closed_form"
      }
    return isSearched ? Block.Table.Cell(Prose(language("none")), value: .infinity) : Block.Table.Cell("–")
  }

  private func remark(_ row: ComparisonRow) -> Message {
    let outside = record.analyses.value(.oneStepOutside, of: PhaseSafeLength.card.id, method: row.label)
    return outside == 1 ? "its ceiling lies one token beyond the trained distances" : ""
  }

  private func weights(_ row: ComparisonRow) -> Block.Table.Cell {
    let use: Message =
      switch row.training {
      case .none: "frozen"
      case .optional: "either"
      case .required: "tuned"
      }
    return Block.Table.Cell(
      Prose(language(use)),
      why: row.isExact ? "" : language("approximate: keys are left out, grouped, or seen at other distances"))
  }

  /// The methods that figures show, in the numbers that decide.
  var briefTable: Block.Table {
    let table = comparisonTable
    let kept = [0, 1, 4, 5, 6, 10, 11].filter { $0 < table.columns.count }
    let shown = Set(record.methods.filter(\.inFigures).map(\.label))
    return Block.Table(
      id: table.id, caption: told("The best known methods at \(target) tokens."),
      columns: kept.map { table.columns[$0] },
      rows: zip(record.comparison, table.rows).filter { shown.contains($0.0.label) }.map { _, row in
        Block.Table.Row(kept.map { row.cells[$0] }, style: row.style)
      })
  }
}
