import Foundation
import RopeAdvice
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// What is printed, applied as the command that it is, gives what was promised: over all presets, all configurations of
/// the fixtures, all runtimes.
@Suite struct SettingsPropertyTests {
  static func inputs() throws -> [(name: String, declaration: Declaration)] {
    var inputs: [(String, Declaration)] = []
    for preset in ModelPresets.all { inputs.append((preset.name, try ModelLoader.declaration(preset.name))) }
    for folder in ["configs", "field"] {
      for name in try Fixtures.names(in: folder) where name.hasSuffix(".json") {
        let data = try Fixtures.data(folder + "/" + name)
        if let declaration = try? Declaration(SourceText(bytes: [UInt8](data), path: name)) {
          inputs.append((name, declaration))
        }
      }
    }
    return inputs
  }

  /// Every version for a few models, the principal ones for all.
  private func runtimes(for name: String) -> [Runtime] {
    let all = ["qwen2.5-7b", "llama-3.1-8b", "mistral-7b", "gemma-3-4b", "internlm2.5-7b", "deepseek-v3"]
    return all.contains(name) ? RuntimeCatalogue.all : RuntimeCatalogue.principal
  }

  /// Plans that the newest transformers computes, with a method in place of the file's own.
  private func promised(
    _ declaration: Declaration, _ method: MethodSpecification?, window: Int?, length: Int
  ) throws -> [RotaryPlan] {
    let read = try RuntimeCatalogue.reference.read(declaration, length: length)
    var plans = try read.planned(length: length).map(\.plan)
    if let method, let geometry = read.layerTypes.first?.geometry {
      let context = MethodContext(geometry: geometry, targetLength: max(window ?? read.window ?? length, length))
      plans[0] = try BoundMethod(method, context: context).plan(length: length)
    }
    return plans
  }

  private func holds(
    _ kind: RuntimeSettings.Kind, _ text: String, _ declaration: Declaration, _ runtime: Runtime,
    _ promised: [RotaryPlan], length: Int
  ) throws -> Bool? {
    guard let applied = try AppliedSettings.declaration(kind, text, on: declaration.root.node, runtime: runtime) else {
      return nil
    }
    let plans = try runtime.layers(of: applied, length: length, servedLength: length).map(\.plan)
    return plans.count == promised.count
      && zip(plans, promised).allSatisfy { !PlanComparison(of: $0, with: $1).isMismatch }
  }

  @Test func convertedSettingsKeepTheirPromise() throws {
    var tried = 0
    for (name, declaration) in try Self.inputs() {
      guard let read = try? RuntimeCatalogue.reference.read(declaration), let window = read.window,
        let plans = try? promised(declaration, nil, window: nil, length: window)
      else { continue }
      for runtime in runtimes(for: name) {
        guard let found = try? Conversion.settings(for: runtime, of: declaration, length: window) else { continue }
        if let holds = try holds(found.kind, found.text, declaration, runtime, plans, length: window) {
          let isPartly = found.notes.contains { $0.contains("tokens only") }
          #expect(holds || isPartly, "\(name) for \(runtime.id): \(found.text)")
          tried += 1
        }
      }
    }
    print("converted settings applied: \(tried)")
    #expect(tried > 500)
  }

  @Test func suggestionsKeepTheirPromise() throws {
    var tried = 0
    for (name, declaration) in try Self.inputs() {
      guard let read = try? RuntimeCatalogue.reference.read(declaration), let window = read.window else { continue }
      for target in [window, 4 * window] {
        guard let suggestion = try? Suggestion(for: declaration, target: target, runtimes: runtimes(for: name)) else {
          continue
        }
        if suggestion.advice.action == .unchanged {
          #expect(suggestion.advice.method == nil && suggestion.advice.window == nil, "\(name) at \(target)")
        }
        let method = try suggestion.advice.method.map { try MethodSpecification.parse($0) }
        let plans = try promised(declaration, method, window: suggestion.advice.window, length: target)
        for runtime in runtimes(for: name) {
          guard
            let entry = suggestion.settings.first(where: { "\($0.runtime)@\($0.version)" == runtime.id }),
            let kind = entry.kind.flatMap(RuntimeSettings.Kind.init), let text = entry.text
          else { continue }
          #expect(!text.isEmpty, "\(name) at \(target) for \(runtime.id): nothing printed")
          let isRefused = entry.notes.contains { $0.contains("is refused") }
          #expect(!isRefused, "\(name) at \(target): \(runtime.id) refuses \(text)")
          if let holds = try holds(kind, text, declaration, runtime, plans, length: target) {
            let isPartly = entry.notes.contains { $0.contains("tokens only") }
            #expect(holds || isPartly, "\(name) at \(target) for \(runtime.id): \(text)")
            tried += 1
          }
        }
      }
    }
    print("suggested settings applied: \(tried)")
    #expect(tried > 500)
  }

  /// Every member of the dictionary that is replaced and that says nothing of scaling is written again, at the path
  /// where the file has it.
  @Test func otherKeysAreKept() throws {
    var found = 0
    for (name, declaration) in try Self.inputs() {
      let written = ["rope_scaling", "rope_parameters"].compactMap { declaration.value(anyOf: [$0]) }
        .first { $0.node.members?.isEmpty == false }
      guard let section = written?.member("mrope_section"),
        let read = try? RuntimeCatalogue.reference.read(declaration), let window = read.window
      else { continue }
      let suggestion = try Suggestion(for: declaration, target: 4 * window)
      guard suggestion.advice.method != nil else { continue }
      for entry in suggestion.settings {
        let kind = entry.kind.flatMap(RuntimeSettings.Kind.init)
        guard let text = entry.text, text.contains("{"), kind != .code else { continue }
        #expect(text.contains("\"mrope_section\""), "\(name), \(entry.runtime): \(text)")
        let isNested = section.pointer.hasPrefix("/text_config")
        #expect(!isNested || text.contains("\"text_config\""), "\(name), \(entry.runtime): \(text)")
        found += 1
      }
    }
    #expect(found >= 12)
  }
}
