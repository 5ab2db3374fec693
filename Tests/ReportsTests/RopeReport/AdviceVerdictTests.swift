import RopeAdvice
import RopeConfig
import RopeMath
import RopeReport
import Testing

/// The verdict renders the adviser's value, and is silent where nothing is needed.
@Suite struct AdviceVerdictTests {
  private func record(_ model: String, _ target: Int) async throws -> RunRecord {
    try await Run.record(
      RunRequest(model: try ModelLoader.load(model), targetLength: target), version: "1", command: [])
  }

  /// `report` and `suggest` ask the same adviser.
  @Test func oneAdvice() throws {
    for preset in ModelPresets.all {
      guard let reading = try? ModelLoader.load(preset.name), let window = reading.window,
        let declaration = reading.declaration
      else { continue }
      for target in [window, 2 * window, 4 * window, 8 * window] {
        let suggested = try? Suggestion(for: declaration, target: target, runtimes: []).advice
        let own = try? Run.advice(RunRequest(model: reading, targetLength: target))
        #expect(own == suggested, "\(preset.name) at \(target)")
      }
    }
  }

  /// One line, and no word about methods that nobody needs.
  @Test func nothingNeeded() async throws {
    let record = try await record("llama-3.1-8b", 131_072)
    let sentences = Verdict.sentences(record)
    #expect(sentences.count == 1 && sentences[0].text.hasPrefix("Try first: the model as it is."))
    #expect(record.advised == nil)
  }

  /// The advised method has a row of its own where no method by its defaults is the same, and the sentence names it.
  @Test func ownScaling() async throws {
    let record = try await record("llama-3.1-8b", 262_144)
    let method = try #require(record.advice?.method)
    #expect(
      record.advised == method
        && record.methods.contains { $0.label == method && $0.inFigures && $0.name == "Llama-3 ×16" })
    let text = Verdict.sentences(record).map(\.text).joined(separator: " ")
    #expect(text.contains("As the file stands every one of them") && text.contains("phase-safe to 131,072"))
    #expect(text.contains("`\(method)`") && text.contains("the scaling that the weights were trained under"))
    #expect(!text.contains("Without scaling"))
  }

  /// A method by its defaults that is the same keeps its row.
  @Test func knownRow() async throws {
    let record = try await record("qwen2.5-7b", 131_072)
    #expect(record.advised == "yarn" && record.advice?.method == "yarn:factor=4,original_max_position_embeddings=32768")
  }
}
