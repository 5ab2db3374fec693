/// The template files, embedded in the binary under the names that they have in this folder.
package enum Templates {
  package static let files: [String: [UInt8]] = [
    "report.mustache": PackageResources.report_mustache,
    "report.css": PackageResources.report_css,
    "report.js": PackageResources.report_js,
    "section.mustache": PackageResources.section_mustache,
    "paragraph.mustache": PackageResources.paragraph_mustache,
    "verdict.mustache": PackageResources.verdict_mustache,
    "list.mustache": PackageResources.list_mustache,
    "key-values.mustache": PackageResources.key_values_mustache,
    "table.mustache": PackageResources.table_mustache,
    "chart.mustache": PackageResources.chart_mustache,
    "formula.mustache": PackageResources.formula_mustache,
    "code.mustache": PackageResources.code_mustache,
    "findings.mustache": PackageResources.findings_mustache,
    "citations.mustache": PackageResources.citations_mustache,
    "details.mustache": PackageResources.details_mustache,
    "note.mustache": PackageResources.note_mustache,
    "figure.tex.mustache": PackageResources.figure_tex_mustache,
  ]
}
