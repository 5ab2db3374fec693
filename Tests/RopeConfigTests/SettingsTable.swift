import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct SettingsTable {
  @Test func debug() throws {
    let model = """
      {"model_type": "llama", "head_dim": 128, "max_position_embeddings": 4096, "rope_theta": 10000.0,
       "rope_scaling": {"type": "dynamic", "factor": 2.0}}
      """
    for runtime in RuntimeCatalogue.all {
      do { let f = try Conversion.settings(for: runtime, of: declaration(model), length: 16_384); print("DEBUG", runtime.id, f.text, f.notes) } catch { print("DEBUG", runtime.id, error) }
    }
  }
  @Test func table() throws {
    var out = ""
    var inputs: [(String, Declaration)] = []
    for preset in ModelPresets.all { inputs.append((preset.name, try ModelLoader.declaration(preset.name))) }
    for folder in ["configs", "field"] {
      for name in try Fixtures.names(in: folder) where name.hasSuffix(".json") {
        guard let data = try? Fixtures.data(folder + "/" + name),
          let declaration = try? Declaration(SourceText(bytes: [UInt8](data), path: name)) else { continue }
        inputs.append((folder + "/" + name, declaration))
      }
    }
    for (name, declaration) in inputs {
      guard let read = try? RuntimeCatalogue.reference.read(declaration) else { out += "\(name): unread\n"; continue }
      let window = read.window ?? 4096
      for target in [window, 4 * window] {
        do {
          let suggestion = try Suggestion(for: declaration, target: target, runtimes: RuntimeCatalogue.all)
          out += "## \(name) \(target): \(suggestion.headline)\n"
          for entry in suggestion.settings {
            out += "   \(entry.runtime)@\(entry.version): \((entry.text ?? "— " + (entry.reason ?? "")).prefix(700))\n"
          }
        } catch { out += "## \(name) \(target): ERROR \(error)\n" }
      }
      for runtime in RuntimeCatalogue.all {
        do {
          let found = try Conversion.settings(for: runtime, of: declaration, length: window)
          out += "   => \(runtime.id): \(found.text.prefix(700))\n"
        } catch { out += "   => \(runtime.id): — \(error.message)\n" }
      }
    }
    try out.write(toFile: "/tmp/settings-table.txt", atomically: true, encoding: .utf8)
  }
}
