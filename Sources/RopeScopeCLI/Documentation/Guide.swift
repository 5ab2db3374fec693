import RopeReport

/// A text of `Templates/docs`: a tutorial for one kind of user, or the list of changes.
struct Guide: Sendable {
  let id: String
  let summary: String
  /// Markdown; its first line is the title.
  let text: String

  init(_ id: String, _ summary: String) {
    self.id = id
    self.summary = summary
    text = (try? TemplateSource.embedded.text("\(id).md")) ?? ""
  }

  var title: String { MarkdownReader.document(text).metadata.title }

  static let all = [
    Guide("paper", "figures and tables at the width of a column, with their data"),
    Guide("platform", "what a server will do with a config, checked before it is deployed and in CI"),
    Guide("training", "a method, a factor and the trainer's own settings before the run"),
    Guide("code", "RopeScope from Python, from scripts and from Swift"),
  ]

  static let changelog = Guide("changelog", "what is new in each version")
}
