import RopeFigures
import RopeMath
import RopeReport

/// What a team reads first: each model at each target, what to try and what is wrong; then the settings for its servers.
extension BatchIndex {
  /// A row a model, a column a target: the advice, which leads to the report, and what check finds beside it.
  package var matrix: Block.Table {
    let targets = Set(cases.map(\.target)).sorted()
    let isChecked = cases.contains { $0.findings != nil }
    let rows = models.map { model -> Row in
      let own = cases.filter { $0.model == model }
      let trained = own.lazy.compactMap(\.summary?.trainedLength).first
      let first = [
        Cell(Prose(name(of: model))), trained.map { Cell(Prose(TokenCount.label($0)), value: Double($0)) } ?? "–",
      ]
      return Row(first + targets.map { target in own.first { $0.target == target }.map(Self.cell) ?? "–" })
    }
    return Block.Table(
      id: "matrix",
      caption: Prose(
        "What to try first, by model and target: the method and its factor, or “as it is”\(isChecked ? ", and what ropescope check finds there" : "")."
      ),
      columns: [
        Column("Model", alignment: .left), Column("Trained", explanation: "tokens that the model was trained to"),
      ] + targets.map { Column(TokenCount.label($0), alignment: .left) }, rows: rows)
  }

  /// Models in the plan's order.
  var models: [String] { cases.distinct(\.model) }

  /// The model's own name; what the plan calls it where another has the same.
  func name(of model: String) -> String {
    func own(_ model: String) -> String? {
      cases.lazy.filter { $0.model == model }.compactMap(\.summary?.modelName).first
    }
    guard let name = own(model), models.count(where: { own($0) == name }) == 1 else { return model }
    return name
  }

  private static func cell(_ entry: StoredCase) -> Cell {
    switch entry.state {
    case .failed: return "failed"
    case .planned, .running: return "not computed"
    case .done: break
    }
    guard let summary = entry.summary else { return "–" }
    let advice = Prose(runs: [link(entry, text: short(summary).replacing(" ", with: "\u{A0}"))])
    let faults = entry.findings.map { $0.faults.isEmpty && $0.unchecked != nil ? "not checked" : $0.faults } ?? ""
    return Cell(faults.isEmpty ? advice : advice + Prose(" · " + faults))
  }

  /// `YaRN ×4`, `as it is`.
  static func short(_ summary: CaseSummary) -> String {
    guard let advice = summary.advice else { return summary.firstMethod ?? "none advised" }
    switch advice.action {
    case .unchanged: return "as it is"
    case .window: return advice.window.map { "window to \(TokenCount.label($0))" } ?? "window raised"
    case .none: return "none advised"
    case .method:
      let name =
        summary.rows.first { $0.method == summary.firstMethod }?.name ?? advice.method.map(titles(of:)) ?? ""
      guard let factor = advice.parameters["factor"]?.number, !name.contains("×") else { return name }
      return "\(name) ×\(Wording.number(factor))"
    }
  }

  /// Short titles of a method's parts, without its parameters: `YaRN + MLA scale`.
  private static func titles(of method: String) -> String {
    guard let specification = try? MethodSpecification.parseList(method).first else { return method }
    return specification.parts.map { part in
      MethodCatalogue.cards.first { $0.id == part.id }?.shortTitle ?? part.id
    }.joined(separator: " + ")
  }

  /// What the servers of each model are to be told, folded; nil where no summary has settings.
  var settings: [Block]? {
    let blocks = models.compactMap { model -> Block? in
      let own = cases.filter { $0.model == model && $0.state == .done }.sorted { $0.target < $1.target }
      let parts = own.flatMap { entry -> [Block] in
        guard let summary = entry.summary else { return [] }
        let told = (summary.settings ?? []).filter { $0.text?.isEmpty == false }
        guard !told.isEmpty else { return [] }
        let refused = (summary.settings ?? []).filter { $0.text == nil }.map(\.runtime)
        let rest = refused.isEmpty ? "" : " Nothing can be written for \(Wording.list(refused))."
        let head = Prose("\(TokenCount.label(entry.target)) tokens: \(Self.short(summary)).\(rest)")
        return [.prose(head)] + told.map { .code(Block.Code(title: "\($0.runtime) \($0.version)", $0.text ?? "")) }
      }
      return parts.isEmpty ? nil : .details(Block.Details(summary: name(of: model), blocks: parts))
    }
    guard !blocks.isEmpty else { return nil }
    return [
      .prose(
        "What each server is to be told for the advice above. A target at which nothing has to be told has no entry.")
    ] + blocks
  }
}
