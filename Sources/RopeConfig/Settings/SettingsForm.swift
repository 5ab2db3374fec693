import RopeJSON
import RopeText

/// One way in which a trainer or server is told what to rotate by: how its text is written, and where a model, a length
/// and a scaling stand in it. A format's forms are tried in order, by reading back what was written.
struct SettingsForm: Sendable {
  enum Text: Sendable {
    /// Members of a YAML file.
    case yaml
    /// A command line that begins with these words.
    case options(String)
    /// Assignments `a.b=c` behind these words.
    case assignments(String)
    /// A call in Python, behind its import.
    case python(line: String, call: String)
    /// A Modelfile, made from a GGUF file.
    case modelfile
  }

  /// Where the scaling is said.
  enum Carrier: Sendable, Equatable {
    /// A dictionary of configuration keys.
    case overrides(String)
    /// The dictionary of the scaling alone.
    case dictionary(String)
    /// Nowhere: the model's own file has to say it.
    case file
  }

  let text: Text
  /// As the program spells it; empty for a word without an option.
  let model: String
  let length: String
  /// The window that the configuration is to have, where an option says it.
  var window: String?
  let carrier: Carrier

  /// - Parameter change: the members of a configuration that say the wanted rotation.
  /// - Returns: nil where the change cannot be said in this form.
  func written(model name: String, length tokens: Int, window: Int, change: JSONNode) -> String? {
    var members: [(String, JSONNode)] = [(model, .text(name)), (length, .count(tokens))]
    if let key = self.window { members.append((key, .count(window))) }
    let scaling = (change.member("rope_scaling") ?? change.member("rope_parameters"))?.node
    switch carrier {
    case .file: break
    case .overrides(let key): members.append((key, change))
    case .dictionary(let key):
      guard let scaling, scaling.members != nil else { return nil }
      members.append((key, scaling))
    }
    return rendered(members)
  }

  private func rendered(_ members: [(String, JSONNode)]) -> String {
    switch text {
    case .yaml: members.map { "\($0.0): \($0.1.line)\n" }.joined()
    case .options(let program):
      ([program] + members.map { $0.0.isEmpty ? Self.word($0.1) : "\($0.0) \(Self.word($0.1))" }).joined(separator: " ")
        + "\n"
    case .assignments(let program):
      ([program] + members.map { "\($0.0)=\(Self.word($0.1))" }).joined(separator: " ") + "\n"
    case .python(let line, let call):
      "\(line)\n\n\(call)(\n" + members.filter { !$0.0.isEmpty }.map { "    \($0.0)=\(Self.python($0.1)),\n" }.joined()
        + ")\n"
    case .modelfile:
      "FROM \(Self.word(.text(Self.file(members[0].1.string ?? ""))))\nPARAMETER \(members[1].0) \(members[1].1.line)\n"
    }
  }

  /// The GGUF file of a model.
  private static func file(_ name: String) -> String {
    name.hasSuffix(".gguf") ? name : "./" + (name.split(separator: "/").last.map(String.init) ?? "model") + ".gguf"
  }

  private static func word(_ node: JSONNode) -> String {
    guard let text = node.string else { return node.members == nil ? node.line : node.shellWord }
    return Escaping.shellWord(text)
  }

  /// A literal of Python: JSON's but for three words.
  private static func python(_ node: JSONNode) -> String {
    switch node.value {
    case .bool(let flag): flag ? "True" : "False"
    case .null: "None"
    case .object(let members):
      "{" + members.map { "\(JSONNode.text($0.key).line): \(python($0.node))" }.joined(separator: ", ") + "}"
    case .array(let items): "[" + items.map(python).joined(separator: ", ") + "]"
    default: node.line
    }
  }

  /// The name of a file with such a text.
  var fileName: String {
    switch text {
    case .yaml: "train.yaml"
    case .options, .assignments: "run.sh"
    case .python: "train.py"
    case .modelfile: "Modelfile"
    }
  }
}
