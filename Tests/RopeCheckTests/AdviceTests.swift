import RopeCheck
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

/// What `suggest` prints, handed to `check`: no error, and no warning that the printed settings cause.
@Suite struct AdviceTests {
  private static let runtimes = ["transformers", "vllm", "vllm@0.29", "sglang", "llama.cpp", "mlx-lm"]

  /// How far a model is stretched is the user's wish.
  private static let aboutTheTarget: Set = ["extension-ratio-extreme", "theta-too-small-for-target", "chunk-or-window-as-context"]

  /// What a configuration does not show: options of llama.cpp reach full layers only, where the file's one dictionary
  /// means all of them; a class of transformers rotates another share of a latent slice once it is scaled.
  private static func isBeyondKeys(_ name: String, _ runtime: String) -> Bool {
    name.contains("bert") && runtime.hasPrefix("llama.cpp") || name.hasPrefix("ling-2.6")
  }

  /// Rules that found an error or a warning.
  private func findings(_ configuration: String, _ facts: Facts) -> [Finding] {
    let report = Checker(files: .memory(["config.json": configuration]), facts: facts).check(paths: ["config.json"])
    return report.files.flatMap(\.findings).filter { $0.severity > .note }
  }

  private static func inputs() throws -> [(name: String, text: String)] {
    var inputs = ModelPresets.all.map { ($0.name, $0.configuration) }
    for folder in ["configs", "field"] {
      for name in try Fixtures.names(in: folder) where name.hasSuffix(".json") {
        inputs.append((name, String(decoding: try Fixtures.data(folder + "/" + name), as: UTF8.self)))
      }
    }
    return inputs
  }

  /// A patch of `config.json` written into it.
  private func patched(_ text: String, _ patch: String) throws -> String {
    func merged(_ node: JSONNode, _ change: JSONNode) -> JSONNode {
      var members = node.members ?? []
      for new in change.members ?? [] {
        let index = members.lastIndex { $0.key == new.key }
        var value = new.node
        if let index, new.key.hasSuffix("_config") { value = merged(members[index].node, new.node) }
        let member = JSONNode.Member(key: new.key, keyBytes: 0..<0, node: value)
        if let index { members[index] = member } else { members.append(member) }
      }
      return JSONNode(value: .object(members), bytes: 0..<0)
    }
    func node(_ text: String) throws -> JSONNode { try JSONParser.parse(SourceText(bytes: Array(text.utf8))) }
    var writer = JSONWriter(.lines)
    writer.value(merged(try node(text), try node(patch)))
    return writer.text
  }

  @Test func suggestionsPassTheCheck() throws {
    let chosen = try Self.runtimes.map { try RuntimeCatalogue.selection($0).runtimes }.flatMap { $0 }
    var checked = 0
    for (name, text) in try Self.inputs() {
      guard let declaration = try? Declaration(SourceText(bytes: Array(text.utf8))),
        let read = try? RuntimeCatalogue.reference.read(declaration), let window = read.window
      else { continue }
      let target = 2 * window
      guard let suggestion = try? Suggestion(for: declaration, target: target, runtimes: chosen) else { continue }
      for entry in suggestion.settings {
        let runtime = "\(entry.runtime)@\(entry.version)"
        guard let settings = entry.text, entry.kind != .code, !Self.isBeyondKeys(name, runtime) else { continue }
        var before = findings(text, Facts(runtimes: [runtime]))
        if suggestion.isUnchanged { before += findings(text, Facts(targetLength: target, runtimes: [runtime])) }
        var known = Self.aboutTheTarget.union(before.map(\.rule))
        // The file's own factor is not the advice's.
        if suggestion.isUnchanged { known.insert("factor-larger-than-needed") }
        let after =
          entry.kind == .configuration
          ? findings(try patched(text, settings), Facts(targetLength: target, runtimes: [runtime]))
          : findings(text, Facts(targetLength: target, runtimes: [runtime], commandLine: settings))
        let caused = after.filter { !known.contains($0.rule) }.map { "\($0.rule): \($0.message)" }
        #expect(caused.isEmpty, "\(name) at \(target) for \(runtime): \(settings)")
        checked += 1
      }
    }
    print("suggested settings checked: \(checked)")
    #expect(checked > 200)
  }
}
