import RopeAdvice
import RopeConfig
import RopeMath
import RopeTemplates
import RopeText
import Testing

/// What runtimes refuse and remark, values and all, has a Chinese sentence.
@Suite struct ChineseRemarkTests {
  private static func isTold(_ words: String) -> Bool {
    Language.chinese(foreign: words).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func settingsAndParityAreTold() throws {
    var seen: Set<String> = [], untold: Set<String> = []
    for preset in ModelPresets.all {
      guard let reading = try? ModelLoader.load(preset.name), let window = reading.window,
        let declaration = reading.declaration
      else { continue }
      for target in [window, 4 * window] {
        let suggestion = try? Suggestion(for: declaration, target: target)
        for settings in suggestion?.settings ?? [] {
          seen.formUnion([settings.reason].compactMap { $0 } + settings.notes)
        }
      }
      let parity = ParityReport(of: declaration, length: window)
      for runtime in parity.runtimes { seen.formUnion([runtime.reason].compactMap { $0 } + runtime.notes) }
    }
    for words in seen where !Self.isTold(words) { untold.insert(words) }
    #expect(seen.count > 30)
    #expect(untold == [], "\(untold.sorted().joined(separator: "\n"))")
  }
}
