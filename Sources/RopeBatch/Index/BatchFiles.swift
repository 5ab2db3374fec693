import RopeCairo
import RopeChart
import RopeFiles
import RopeReport
import RopeText

/// `index.{html,pdf,md}` and `summary.{csv,md,tex}` of a batch.
package enum BatchFiles {
  /// - Throws: a template's or Cairo's error.
  package static func make(
    _ cases: [StoredCase], version: String, options: ReportFiles.Options
  ) throws -> [(path: String, bytes: [UInt8])] {
    let index = BatchIndex(cases, version: version)
    let html = try HTMLRenderer(
      metrics: PangoTextMetrics(PangoFonts(families: FontFamilies.sans)), templates: options.templates)
    let fonts = PangoFonts()
    let pdf = try PDFDocumentWriter(fonts: fonts).write(
      PDFRenderer(style: options.page, metrics: PangoTextMetrics(fonts)).render(index.document(for: .paper)))
    let table = BatchIndex.methods(cases)
    return [
      ("index.html", Array(html.render(index.document(for: .screen)).utf8)), ("index.pdf", pdf),
      ("index.md", Array((MarkdownRenderer().render(index.matrix) + "\n").utf8)),
      ("summary.csv", Array(csv(cases).utf8)),
      ("summary.md", Array((MarkdownRenderer().render(table) + "\n").utf8)),
      ("summary.tex", Array(LaTeX.table(index.overview).utf8)),
    ]
  }

  /// Names of the files of `make`.
  package static let names = ["index.html", "index.pdf", "index.md", "summary.csv", "summary.md", "summary.tex"]

  /// Writes the files of `make`, all or none.
  ///
  /// - Throws: `OutputError`, and what `make` throws.
  package static func write(
    _ cases: [StoredCase], version: String, options: ReportFiles.Options, to folder: String, _ outputs: Outputs
  ) throws {
    var outputs = outputs
    try outputs.add(try make(cases, version: version, options: options), under: folder)
    try outputs.commit()
  }

  /// First line of `summary.csv`.
  package static let header = [
    "case", "model", "trained_length", "target_length", "method", "phase_safe_length", "share_of_target",
    "resolution_kept", "logit_factor", "cache", "class", "first", "perplexity_length", "perplexity",
    "perplexity_nll_stderr", "passkey_found", "passkey_trials",
  ].joined(separator: ",")

  /// A row a case and method; numbers read back exactly, empty where there is none.
  static func csv(_ cases: [StoredCase]) -> String {
    var lines = [header]
    for entry in cases {
      guard let summary = entry.summary else { continue }
      for row in summary.rows {
        let perplexity = entry.evaluations?.perplexity(of: row.method)
        let passkey = entry.evaluations?.passkey(of: row.method)
        let texts: [String] = [
          entry.id, summary.modelName, cell(summary.trainedLength), cell(summary.targetLength), row.method,
          cell(row.phaseSafeLength), cell(row.shareOfTarget), cell(row.resolutionKept), cell(row.logitFactor),
          row.hazard, row.studyClass, row.method == summary.firstMethod ? "yes" : "", cell(perplexity?.length),
          cell(perplexity?.perplexity), cell(perplexity?.standardError), cell(passkey?.correct), cell(passkey?.trials),
        ]
        lines.append(texts.map(Escaping.csv).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
}
