import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeText

extension ReportDocument {
  private var trained: String { Wording.whole(record.trainedLength) }
  var target: String { Wording.whole(record.targetLength) }

  var comparison: Section {
    var blocks: [Block] = [
      .prose(
        told(
          "One row a method, each planned for \(target) tokens with the parameters given under \(reference: "model"). A value that stands out as a column's best is bold; a footnote says why a value is bad."
        )),
      .table(comparisonTable),
    ]
    if let advice = record.advice { blocks.insert(AdviceText.details(advice, in: language), at: 0) }
    if !record.refused.isEmpty {
      blocks.append(
        .details(
          Block.Details(
            id: "not-defined", summary: language("Methods left out, and why"),
            blocks: [
              .list(
                Block.List(
                  record.refused.map { refusal in
                    let reason = language(foreign: refusal.reason)
                    return reason.hasPrefix(refusal.label)
                      ? Prose(reason) : told("\(code: refusal.label): \(reason)")
                  }))
            ])))
    }
    return Section(
      id: "comparison", title: language("Comparison"),
      blocks: blocks + charts(.comparison))
  }

  var angles: Section {
    Section(
      id: "angles", title: language("Where the angles go"),
      blocks: [
        .prose(
          told(
            "Each pair of features turns at its own speed. A pair whose wavelength is longer than the \(trained) trained tokens never showed a whole turn; at a longer context it meets angles that no weight was trained for."
          ))
      ] + charts(.angles))
  }

  var frequencies: Section {
    Section(
      id: "frequencies", title: language("What each method does to the frequencies"),
      blocks: [
        .prose(
          told(
            "Scaling slows pairs down. What is slowed down too much can no longer tell neighbouring tokens apart; what is not slowed down enough leaves its trained angles."
          ))
      ] + charts(.frequencies))
  }

  var attention: Section {
    Section(
      id: "attention", title: language("Attention"),
      blocks: [.prose(Prose(language(record.statistics.map(measuredAssumptions) ?? assumptions)))]
        + charts(.attention))
  }

  /// What entropy, temperature and scores are computed under where nothing was measured.
  private var assumptions: Message {
    "These are properties under a statistical model, not of this network's weights: independent Gaussian features whose logits have a standard deviation of \(Wording.number(record.ensemble.logitDeviation)) nats, in the positional ensemble with a mean logit of \(Wording.number(record.ensemble.meanLogit)) at distance 0. Simulated points stand beside the closed forms, from \(record.ensemble.sampleCount) sampled queries with seed \(Int(clamping: record.seed))."
  }

  private func measuredAssumptions(_ statistics: RunRecord.Statistics) -> Message {
    let model: Message = statistics.model.map { "\($0)" } ?? "the model"
    let heads: Message =
      statistics.text.map { "\(statistics.heads) heads of \(model) reading \($0)" }
      ?? "\(statistics.heads) heads of \(model)"
    return
      "Mean score, entropy and temperature are those of \(heads): the measured means and variances of un-rotated queries and keys over \(Wording.whole(statistics.tokens)) tokens, with Gaussian noise about the mean logit at each distance (root mean square deviation \(Wording.number(statistics.logitDeviation)) nats). Entropy with positions and the needle's margin keep the statistical model: independent Gaussian features with σ = \(Wording.number(record.ensemble.logitDeviation)) and a mean logit of \(Wording.number(record.ensemble.meanLogit))."
  }

  var positions: Section {
    Section(
      id: "positions", title: language("Positions, masks and work"),
      blocks: [
        .prose(
          told(
            "Some methods leave the frequencies alone and change what is asked of them: they re-map distances so that far keys look nearer, hide keys, or fetch a few blocks. What they save or keep in range they pay for in what the model can still tell apart or see."
          ))
      ] + charts(.positions))
  }

  var generating: Section {
    Section(
      id: "generating", title: language("What happens while generating"),
      blocks: [
        .prose(
          told(
            "Methods whose frequencies depend on the length change while a context grows. Keys that were rotated and cached before the change then stand at the wrong angle."
          ))
      ] + charts(.generating))
  }

  var cost: Section {
    Section(
      id: "cost", title: language("Cost and precision"),
      blocks: charts(.cost))
  }

  var model: Section {
    let geometry = record.geometry
    var blocks: [Block] = [
      .keyValues(
        Block.KeyValues([
          Block.KeyValues.Entry(language("Model"), Prose(record.model.title)),
          Block.KeyValues.Entry(
            language("Read from"), Prose(language(foreign: record.model.published ?? record.model.source))),
          Block.KeyValues.Entry(language("Family"), Prose(record.model.family ?? language("not told"))),
          Block.KeyValues.Entry(
            language("Head, rotary size"), "\(geometry.headDimension), \(geometry.rotaryDimension)"),
          Block.KeyValues.Entry(language("Base"), Prose(geometry.base.map(Wording.given) ?? language("none"))),
          Block.KeyValues.Entry(
            language("What counts as trained"),
            told("\(code: record.baseline.method) at \(Wording.whole(record.baseline.length)) tokens")),
        ]))
    ]
    if !record.resolved.isEmpty { blocks.append(.table(valuesTable)) }
    blocks += record.notes.map { .note(Block.Note(.caution, Prose(language(foreign: $0)))) }
    blocks.append(.table(parametersTable))
    return Section(id: "model", title: language("The config and the plans"), blocks: blocks)
  }

  var making: Section {
    Section(
      id: "making", title: language("How this was made"),
      blocks: [
        .code(
          Block.Code(
            title: language("To make this report again"),
            "ropescope " + record.command.map(Escaping.shellWord).joined(separator: " "))),
        .code(
          Block.Code(
            title: language("Before a launch: the patched config, the trainer's block, the server's command"),
            "ropescope prepare \(Escaping.shellWord(record.model.source)) --target \(record.targetLength)")),
        .keyValues(
          Block.KeyValues([
            Block.KeyValues.Entry(language("Version"), "RopeScope \(record.version)"),
            Block.KeyValues.Entry(language("Seed"), "\(String(record.seed))"),
            Block.KeyValues.Entry(language("Sampled queries"), "\(record.ensemble.sampleCount)"),
            Block.KeyValues.Entry(
              language("Record"),
              told(
                "\(code: "run.json"), schema \(record.schema): every number of this report; \(code: "ropescope render run.json") makes the report from it"
              )),
          ])),
        .prose(filesBeside),
        .note(
          Block.Note(
            .note,
            Prose(
              language(
                record.measured == nil
                  ? "Closed forms and simulations under stated assumptions. Phase-safety is a conservative indicator: a phase-safe method can fail, and a model may bear some new angles; nothing here was measured on the model's weights."
                  : "Closed forms and simulations under stated assumptions. Phase-safety is a conservative indicator: a phase-safe method can fail, and a model may bear some new angles; only what stands under Measured was measured on the model's weights."
              )))),
      ])
  }

  /// The files of the figures, in one list: none of them is needed to read the report.
  private var filesBeside: Prose {
    var runs: [Inline] = []
    for (place, figure) in figures.enumerated() {
      runs += [
        .text(place > 0 ? language(", ") : ""), .reference(figure.figure.id), .text(" "), .code(figure.figure.id),
      ]
    }
    return told(
      "Beside this report stand, for each figure, \(code: "figures/NAME.pdf"), \(code: ".svg") and \(code: ".png"), and its numbers as \(code: "data/NAME.csv") and \(code: ".json"): \(Prose(runs: runs))."
    )
  }

  // MARK: Tables

  private var valuesTable: Block.Table {
    Block.Table(
      id: "values", caption: told("What the file says and where each value comes from."),
      columns: (["Value", "Is", "Origin", "Place or rule"] as [Message]).map {
        Block.Table.Column(language($0), alignment: .left)
      },
      rows: record.resolved.map { value in
        let place =
          switch (value.pointer, value.line) {
          case (let pointer?, let line?): language("\(pointer), line \(line)")
          case (let pointer, nil): pointer ?? ""
          case (nil, let line?): language("line \(line)")
          }
        let note = value.note.map { language(foreign: $0) } ?? ""
        return Block.Table.Row([
          Block.Table.Cell("\(code: value.key)"), Block.Table.Cell(Prose(String(value.value.description.excerpt(60)))),
          Block.Table.Cell(Prose(language(fixed: value.origin.rawValue))),
          Block.Table.Cell(Prose([place, note].filter { !$0.isEmpty }.joined(separator: language("; ")))),
        ])
      }, sortable: false)
  }

  /// The method's name with the numbers of its sources.
  private func name(ofPlan label: String) -> Prose {
    guard let method = record.methods.first(where: { $0.label == label }) else { return Prose(label) }
    let sources = method.ids.flatMap { (try? MethodCatalogue.type(named: $0).card.references) ?? [] }
    let numbers = sources.enumerated().filter { place, own in !sources[..<place].contains { $0.source == own.source } }
      .map { Reference($0.element.title, source: $0.element.source, url: $0.element.url) }
    return Prose(method.name(in: language))
      + Prose(runs: numbers.isEmpty ? [] : [.text(" ")] + ReferenceList.citations(numbers, in: language))
  }

  private var parametersTable: Block.Table {
    Block.Table(
      id: "parameters",
      caption: told("The plans behind the table: parameters as used, and the command-line specification."),
      columns: [
        Block.Table.Column(language("Method"), alignment: .left),
        Block.Table.Column(language("Specification"), alignment: .left),
        Block.Table.Column(language("Parameters"), alignment: .left),
        Block.Table.Column(language("Attention factor")),
      ],
      rows: record.plans.map { plan in
        let parameters = plan.parameters.sorted { $0.key < $1.key }.map { key, value in
          let list = value.numbers.map { language("[\($0.count) numbers]") }
          return "\(key)=\(list ?? value.description)"
        }
        return Block.Table.Row([
          Block.Table.Cell(name(ofPlan: plan.method)),
          Block.Table.Cell("\(code: plan.method)"), Block.Table.Cell(Prose(parameters.joined(separator: ", "))),
          Block.Table.Cell(Prose(Wording.fixed(plan.attentionFactor, decimals: 4)), value: plan.attentionFactor),
        ])
      }, sortable: false)
  }
}
