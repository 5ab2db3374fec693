import RopeText

/// A report as JUnit XML: a suite a file, a test case a finding; a clean file is one passed case.
public enum CheckJUnit {
  public static func text(_ report: CheckReport) -> String {
    let sum = report.summary
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="ropescope check" tests="\#(cases(report))" failures="\#(sum.errors + sum.warnings)" errors="\#(sum.unreadable)">"#,
    ]
    for file in report.files { lines += suite(file) }
    return (lines + ["</testsuites>"]).joined(separator: "\n")
  }

  private static func cases(_ report: CheckReport) -> Int {
    report.files.reduce(0) { $0 + count($1) }
  }

  private static func count(_ file: CheckedFile) -> Int { max(1, file.findings.count + (file.error == nil ? 0 : 1)) }

  private static func suite(_ file: CheckedFile) -> [String] {
    let failures = file.findings.count { $0.severity > .note }
    var lines = [
      #"  <testsuite name="\#(Escaping.xml(file.path))" tests="\#(count(file))" failures="\#(failures)" errors="\#(file.error == nil ? 0 : 1)">"#
    ]
    if let error = file.error {
      lines.append(
        #"    <testcase name="readable" classname="\#(Escaping.xml(file.path))"><error message="\#(Escaping.xml(error.message))"/></testcase>"#
      )
    } else if file.findings.isEmpty {
      lines.append(#"    <testcase name="no findings" classname="\#(Escaping.xml(file.path))"/>"#)
    }
    for finding in file.findings {
      let head =
        #"    <testcase name="\#(finding.rule)" classname="\#(Escaping.xml(file.path))" line="\#(finding.region.line)">"#
      let text = Escaping.xml(finding.text)
      // A note is no failure.
      lines.append(
        finding.severity == .note
          ? head + "<system-out>\(text)</system-out></testcase>"
          : head + #"<failure type="\#(finding.severity.rawValue)" message="\#(text)"/></testcase>"#)
    }
    return lines + ["  </testsuite>"]
  }
}
