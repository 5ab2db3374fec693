import RopeAdvice
import RopeCheck
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// Every preset and fixture at its window and 2, 4 and 8 times of it: what is advised can be told to every runtime that it is
/// for, and handed to `check`, what is printed causes no error and no warning.
@Suite struct SettingsOfAdviceTests {
  private static let runtimes = ["transformers", "vllm", "vllm@0.29", "sglang", "llama.cpp", "mlx-lm"]

  /// How far a model is stretched is the user's wish.
  private static let aboutTheTarget: Set = [
    "extension-ratio-extreme", "theta-too-small-for-target", "chunk-or-window-as-context", "window-buffer-too-large",
  ]

  /// What a configuration does not show: options of llama.cpp reach full layers only, where the file's one dictionary
  /// means all of them; a class of transformers rotates another share of a latent slice once it is scaled.
  private static func isBeyondKeys(_ name: String, _ runtime: String) -> Bool {
    name.contains("bert") && runtime.hasPrefix("llama.cpp") || name.hasPrefix("ling-2.6")
      // Its window has a name of its own, which no other program reads.
      || name.hasPrefix("torchchat")
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

  /// Findings in a file as it is, by runtime and target, so that each is looked for once.
  private final class Before {
    private var known: [String: [Finding]] = [:]

    func findings(_ runtime: String, _ target: Int?, _ find: () -> [Finding]) -> [Finding] {
      let key = "\(runtime) \(target ?? 0)"
      let found = known[key] ?? find()
      known[key] = found
      return found
    }
  }

  @Test func suggestionsPassTheCheck() throws {
    let chosen = try Self.runtimes.map { try RuntimeCatalogue.selection($0).runtimes }.flatMap { $0 }
    var checked = 0, advised = 0
    for (name, text) in try Self.inputs() {
      guard let declaration = try? Declaration(SourceText(bytes: Array(text.utf8))),
        let read = try? RuntimeCatalogue.reference.read(declaration), let window = read.window
      else { continue }
      let before = Before()
      for target in [window, 2 * window, 4 * window, 8 * window] {
        guard let suggestion = try? Suggestion(for: declaration, target: target, runtimes: chosen) else { continue }
        let advice = suggestion.advice
        #expect((advice.method != nil) == (advice.action == .method), "\(name) at \(target)")
        if let method = advice.method.flatMap({ try? MethodSpecification.parse($0) }) {
          let told = try advice.runtimes.flatMap { try RuntimeCatalogue.selection($0).runtimes }.filter { runtime in
            (try? Conversion.change(
              for: runtime, of: declaration, length: target, method: method, window: advice.window)) != nil
          }
          #expect(told.count == advice.runtimes.count && !told.isEmpty, "\(name) at \(target): \(advice.runtimes)")
          advised += 1
        }
        checked += try check(suggestion, name, text, window: window, before)
      }
    }
    print("advice that runtimes can be told: \(advised); settings checked: \(checked)")
    #expect(checked > 800 && advised > 200)
  }

  /// Checks a file with each runtime's settings written into it.
  ///
  /// - Returns: how many were.
  private func check(
    _ suggestion: Suggestion, _ name: String, _ text: String, window: Int, _ known: Before
  ) throws -> Int {
    let target = suggestion.advice.target, isUnchanged = suggestion.advice.action == .unchanged
    var checked = 0
    for entry in suggestion.settings {
      let runtime = "\(entry.runtime)@\(entry.version)"
      let kind = entry.kind.flatMap(RuntimeSettings.Kind.init)
      guard let settings = entry.text, kind != .code, !Self.isBeyondKeys(name, runtime) else { continue }
      // What is wrong with the file at its own window is not the advice's doing.
      let before = [nil, window, isUnchanged ? target : window].flatMap { (length: Int?) -> [Finding] in
        known.findings(runtime, length) { findings(text, Facts(targetLength: length, runtimes: [runtime])) }
      }
      var known = Self.aboutTheTarget.union(before.map(\.rule))
      // Growing with the text is the model's own way, and the advice says so.
      if suggestion.advice.method?.hasPrefix("dynamic") == true { known.insert("dynamic-kv-cache") }
      // The file's own factor is not the advice's.
      if isUnchanged { known.insert("factor-larger-than-needed") }
      let after =
        kind == .configuration
        ? findings(try patched(text, settings), Facts(targetLength: target, runtimes: [runtime]))
        : findings(text, Facts(targetLength: target, runtimes: [runtime], commandLine: settings))
      let caused = after.filter { !known.contains($0.rule) }.map { "\($0.rule): \($0.text)" }
      #expect(caused.isEmpty, "\(name) at \(target) for \(runtime): \(settings)")
      checked += 1
    }
    return checked
  }
}
