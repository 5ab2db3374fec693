import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeText

extension ReportDocument {
  private var trained: String { Wording.whole(record.trainedLength) }
  private var target: String { Wording.whole(record.targetLength) }

  var comparison: Section {
    var blocks: [Block] = [
      .prose(
        "One row a method, each planned for \(target) tokens with the parameters given under \(reference: "model"). A value that stands out as a column's best is bold; a footnote says why a value is bad."
      ),
      .table(comparisonTable),
    ]
    if let advice = record.advice { blocks.insert(AdviceText.details(advice), at: 0) }
    if !record.refused.isEmpty {
      blocks.append(
        .details(
          Block.Details(
            id: "not-defined", summary: "Methods that have no meaning for this model",
            blocks: [.list(Block.List(record.refused.map { "\(code: $0.label): \($0.reason)" }))])))
    }
    return Section(
      id: "comparison", title: "Comparison",
      blocks: blocks + charts(.comparison))
  }

  var angles: Section {
    Section(
      id: "angles", title: "Where the angles go",
      blocks: [
        .prose(
          "Each pair of features turns at its own speed. A pair whose wavelength is longer than the \(trained) trained tokens never showed a whole turn; at a longer context it meets angles that no weight was trained for."
        )
      ] + charts(.angles))
  }

  var frequencies: Section {
    Section(
      id: "frequencies", title: "What each method does to the frequencies",
      blocks: [
        .prose(
          "Scaling slows pairs down. What is slowed down too much can no longer tell neighbouring tokens apart; what is not slowed down enough leaves its trained angles."
        )
      ] + charts(.frequencies))
  }

  var attention: Section {
    let sigma = Wording.number(record.ensemble.logitDeviation)
    let model =
      "These are properties under a statistical model, not of this network's weights: independent Gaussian features whose logits have a standard deviation of \(sigma) nats, in the positional ensemble with a mean logit of \(Wording.number(record.ensemble.meanLogit)) at distance 0. Simulated points stand beside the closed forms, from \(record.ensemble.sampleCount) sampled queries with seed \(Int(clamping: record.seed))."
    let measured = record.statistics.map { statistics in
      "Mean score, entropy and temperature are those of \(statistics.heads) heads of \(statistics.model ?? "the model")\(statistics.text.map { " reading \($0)" } ?? ""): the measured means and variances of un-rotated queries and keys over \(Wording.whole(statistics.tokens)) tokens, with Gaussian noise about the mean logit at each distance (root mean square deviation \(Wording.number(statistics.logitDeviation)) nats). Entropy with positions and the needle's margin keep the statistical model: independent Gaussian features with σ = \(sigma) and a mean logit of \(Wording.number(record.ensemble.meanLogit))."
    }
    return Section(
      id: "attention", title: "Attention",
      blocks: [
        .prose(Prose(measured ?? model))
      ]
        + charts(.attention))
  }

  var positions: Section {
    Section(
      id: "positions", title: "Positions, masks and work",
      blocks: [
        .prose(
          "Some methods leave the frequencies alone and change what is asked of them: they re-map distances so that far keys look nearer, hide keys, or fetch a few blocks. What they save or keep in range they pay for in what the model can still tell apart or see."
        )
      ] + charts(.positions))
  }

  var generating: Section {
    Section(
      id: "generating", title: "What happens while generating",
      blocks: [
        .prose(
          "Methods whose frequencies depend on the length change while a context grows. Keys that were rotated and cached before the change then stand at the wrong angle."
        )
      ] + charts(.generating))
  }

  var cost: Section {
    Section(
      id: "cost", title: "Cost and precision",
      blocks: charts(.cost))
  }

  var model: Section {
    let geometry = record.geometry
    var blocks: [Block] = [
      .keyValues(
        Block.KeyValues([
          Block.KeyValues.Entry("Model", Prose(record.model.title)),
          Block.KeyValues.Entry("Read from", Prose(record.model.published ?? record.model.source)),
          Block.KeyValues.Entry("Family", Prose(record.model.family ?? "not told")),
          Block.KeyValues.Entry("Head, rotary size", "\(geometry.headDimension), \(geometry.rotaryDimension)"),
          Block.KeyValues.Entry("Base", Prose(geometry.base.map(Wording.given) ?? "none")),
          Block.KeyValues.Entry(
            "What counts as trained",
            "\(code: record.baseline.method) at \(Wording.whole(record.baseline.length)) tokens"),
        ]))
    ]
    if !record.resolved.isEmpty { blocks.append(.table(valuesTable)) }
    blocks += record.notes.map { .note(Block.Note(.caution, Prose($0))) }
    blocks.append(.table(parametersTable))
    return Section(id: "model", title: "The config and the plans", blocks: blocks)
  }

  var making: Section {
    Section(
      id: "making", title: "How this was made",
      blocks: [
        .code(
          Block.Code(
            title: "To make this report again",
            "ropescope " + record.command.map(Escaping.shellWord).joined(separator: " "))),
        .code(
          Block.Code(
            title: "Before a launch: the patched config, the trainer's block, the server's command",
            "ropescope prepare \(Escaping.shellWord(record.model.source)) --target \(record.targetLength)")),
        .keyValues(
          Block.KeyValues([
            Block.KeyValues.Entry("Version", "RopeScope \(record.version)"),
            Block.KeyValues.Entry("Seed", "\(String(record.seed))"),
            Block.KeyValues.Entry("Sampled queries", "\(record.ensemble.sampleCount)"),
            Block.KeyValues.Entry(
              "Record",
              "\(code: "run.json"), schema \(record.schema): every number of this report; \(code: "ropescope render run.json") makes the report from it"
            ),
          ])),
        .prose(filesBeside),
        .note(
          Block.Note(
            .note,
            "Closed forms and simulations under stated assumptions. Phase-safety is a conservative indicator: a phase-safe method can fail, and a model may bear some new angles; \(record.measured == nil ? "nothing here was measured on the model's weights" : "only what stands under Measured was measured on the model's weights")."
          )),
      ])
  }

  /// The files of the figures, in one list: none of them is needed to read the report.
  private var filesBeside: Prose {
    var runs: [Inline] = [
      .text("Beside this report stand, for each figure, "), .code("figures/NAME.pdf"), .text(", "), .code(".svg"),
      .text(" and "), .code(".png"), .text(", and its numbers as "), .code("data/NAME.csv"), .text(" and "),
      .code(".json"), .text(": "),
    ]
    for (place, figure) in figures.enumerated() {
      runs += [.text(place > 0 ? ", " : ""), .reference(figure.figure.id), .text(" "), .code(figure.figure.id)]
    }
    return Prose(runs: runs + [.text(".")])
  }

  // MARK: Tables

  /// Every method by every property.
  public var comparisonTable: Block.Table {
    func column(
      _ title: String, _ unit: String = "", _ best: Block.Table.Column.Direction? = nil, _ why: String,
      term: String? = nil
    ) -> Block.Table.Column {
      Block.Table.Column(title, unit: unit, best: best, explanation: why, term: term)
    }
    let columns = [
      Block.Table.Column("Method", alignment: .left),
      column("Phase-safe", "tokens", .highest, "longest context without a new angle", term: "phase-safe"),
      column("Pairs with new angles", "", .lowest, "pairs that meet an angle training never showed"),
      column("Mean new arc", "", .lowest, "mean over pairs of the share of the circle that is new"),
      column(
        "Resolution kept", "", .highest,
        "Σθ′²/Σθ²: what is left of the squared difference between neighbouring positions"),
      column(
        "Middle ratio", "", nil,
        "pairs that turned 1 to 32 times in training, where most methods differ: geometric mean of θ′/θ"),
      column("Logits ×", "", nil, "factor on the spread of whole logits at the target, un-rotated features included"),
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
      Block.Table.Column(
        "Cache", alignment: .left,
        explanation: "K0 fixed, K1 one switch, K2 drifts, Kq queries only, Kp keys un-rotated", term: "cached keys"),
      Block.Table.Column(
        "Weights", alignment: .left,
        explanation: "frozen, fine-tuned under the method, or either; a mark where attention is approximate",
        term: "frozen"),
    ]
    return Block.Table(
      id: "comparison-table", caption: "Every method at \(target) tokens.", columns: columns,
      rows: record.comparison.map(comparisonRow))
  }

  private func comparisonRow(_ row: ComparisonRow) -> Block.Table.Row {
    func cell(_ value: Double, _ text: String, why: String = "") -> Block.Table.Cell {
      value.isNaN ? Block.Table.Cell("–") : Block.Table.Cell(Prose(text), value: value, why: why)
    }
    let isShort = !facts.isSafe(row) && record.targetLength > record.trainedLength
    let method = record.methods.first { $0.label == row.label }
    return Block.Table.Row(
      [
        Block.Table.Cell(Prose(method?.name ?? row.label)),
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
        Block.Table.Cell(Prose(row.hazard), why: row.hazard == "K2" ? "cached keys go stale with every token" : ""),
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
    return isSearched ? Block.Table.Cell("none", value: .infinity) : Block.Table.Cell("–")
  }

  private func remark(_ row: ComparisonRow) -> String {
    let series = record.analyses.first { $0.name == PhaseSafeLength.card.id && $0.method == row.label }
    return series?.summary["one_step_outside"] == 1 ? "its ceiling lies one token beyond the trained distances" : ""
  }

  private func weights(_ row: ComparisonRow) -> Block.Table.Cell {
    let use =
      switch row.training {
      case .none: "frozen"
      case .optional: "either"
      case .required: "tuned"
      }
    return Block.Table.Cell(
      Prose(use), why: row.isExact ? "" : "approximate: keys are left out, grouped, or seen at other distances")
  }

  private var valuesTable: Block.Table {
    Block.Table(
      id: "values", caption: "What the file says and where each value comes from.",
      columns: ["Value", "Is", "Origin", "Place or rule"].map { Block.Table.Column($0, alignment: .left) },
      rows: record.resolved.map { value in
        let place = [value.pointer, value.line.map { "line \($0)" }].compactMap { $0 }.joined(separator: ", ")
        return Block.Table.Row([
          Block.Table.Cell("\(code: value.key)"), Block.Table.Cell(Prose(String(value.value.description.excerpt(60)))),
          Block.Table.Cell(Prose(value.origin.rawValue)),
          Block.Table.Cell(Prose([place, value.note ?? ""].filter { !$0.isEmpty }.joined(separator: "; "))),
        ])
      }, sortable: false)
  }

  /// The method's name with the numbers of its sources.
  private func name(ofPlan label: String) -> Prose {
    guard let method = record.methods.first(where: { $0.label == label }) else { return Prose(label) }
    let sources = method.ids.flatMap { (try? MethodCatalogue.type(named: $0).card.references) ?? [] }
    let numbers = sources.enumerated().filter { place, own in !sources[..<place].contains { $0.source == own.source } }
      .map { Reference($0.element.title, source: $0.element.source, url: $0.element.url) }
    return Prose(method.name)
      + Prose(runs: numbers.isEmpty ? [] : [.text(" ")] + ReferenceList.citations(numbers))
  }

  /// The methods that figures show, in the numbers that decide.
  var briefTable: Block.Table {
    let table = comparisonTable
    let kept = [0, 1, 4, 5, 6, 10, 11].filter { $0 < table.columns.count }
    let shown = Set(record.methods.filter(\.inFigures).map(\.label))
    return Block.Table(
      id: table.id, caption: "The best known methods at \(target) tokens.", columns: kept.map { table.columns[$0] },
      rows: zip(record.comparison, table.rows).filter { shown.contains($0.0.label) }.map { _, row in
        Block.Table.Row(kept.map { row.cells[$0] }, style: row.style)
      })
  }

  private var parametersTable: Block.Table {
    Block.Table(
      id: "parameters", caption: "The plans behind the table: parameters as used, and the command-line specification.",
      columns: [
        Block.Table.Column("Method", alignment: .left), Block.Table.Column("Specification", alignment: .left),
        Block.Table.Column("Parameters", alignment: .left), Block.Table.Column("Attention factor"),
      ],
      rows: record.plans.map { plan in
        let parameters = plan.parameters.sorted { $0.key < $1.key }.map { key, value in
          let list = value.numbers.map { "[\($0.count) numbers]" }
          return "\(key)=\(list ?? value.number.map(Wording.given) ?? value.description)"
        }
        return Block.Table.Row([
          Block.Table.Cell(name(ofPlan: plan.method)),
          Block.Table.Cell("\(code: plan.method)"), Block.Table.Cell(Prose(parameters.joined(separator: ", "))),
          Block.Table.Cell(Prose(Wording.fixed(plan.attentionFactor, decimals: 4)), value: plan.attentionFactor),
        ])
      }, sortable: false)
  }
}
