import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import Testing

/// Titles of measured figures name all that share a number, and captions the texts that were read for what is drawn.
@Suite struct MeasuredTitlesTests {
  private func data(_ tables: String...) throws -> FigureData {
    var measurements = Measurements()
    for (place, table) in tables.enumerated() {
      measurements.add(try MeasuredFile.read(Array(table.utf8), path: "\(place).csv"))
    }
    return try MeasuredRecord(measurements).figureData(of: try ModelLoader.load("smollm2-135m"))
  }

  @Test func scoresThatAreAlikeAreNamedTogether() throws {
    func title(_ scores: [String]) throws -> String {
      let methods = ["none", "linear:factor=2", "yarn:factor=2", "lm-infinite", "self-extend"]
      let rows = zip(methods, scores).map { "\"\($0)\",16k,\($1),keys\n" }.joined()
      return try #require(ScoreByLengthFigure.figure(try data("method,length,score,benchmark\n" + rows))).title
    }
    #expect(try title(["0", "0", "0.25"]) == "keys at 16k: highest YaRN ×2 (0.250), lowest no scaling and PI ×2 (0)")
    #expect(
      try title(["0", "0", "0.25", "0", "0"]) == "keys at 16k: highest YaRN ×2 (0.250), lowest 4 methods (0)")
    #expect(try title(["0.5", "0.5"]) == "keys at 16k: 0.500 under all 2 methods")
  }

  @Test func whatFindsAsLittleIsNamedTogether() throws {
    func title(_ found: [Int], of trials: Int = 12) throws -> String {
      let methods = ["none", "linear:factor=2", "yarn:factor=2", "ntk:factor=2"]
      let rows = zip(methods, found).map { "\"\($0)\",16k,0.5,\($1),\(trials)\n" }.joined()
      return try #require(PasskeyMapFigure.figure(try data("method,length,depth,correct,trials\n" + rows))).title
    }
    #expect(
      try title([0, 0, 12])
        == "Beyond the trained 8k, YaRN ×2 (12 of 12) finds most, no scaling and PI ×2 find 0 of 12")
    #expect(
      try title([0, 12, 12, 3]).hasSuffix(
        "PI ×2 (12 of 12) finds most, not told apart from YaRN ×2 (12 of 12); no scaling finds 0 of 12"))
    #expect(try title([20, 20], of: 20).hasSuffix("each of 2 methods finds 20 of 20"))
    #expect(try title([1, 0], of: 2).contains("too few trials to tell them apart"))
  }

  @Test func captionsNameTheTextsOfWhatIsDrawn() throws {
    let scores = MeasuredScore(method: "none", length: 16_384, score: 1, benchmark: "needle")
    let cell = MeasuredRetrieval(method: "none", length: 16_384, depth: 0.5, trials: 2, correct: 1)
    func source(_ name: String, _ text: String, _ content: EvaluationSetting.Content) -> EvaluationSetting {
      EvaluationSetting(text: text).read(from: name, file: name, content: content)
    }
    let measurements = Measurements(
      sources: [source("a.json", "novel.txt", .scores), source("b.json", "play.txt", .retrieval)], scores: [scores],
      retrieval: [cell])
    let data = try MeasuredRecord(measurements).figureData(of: try ModelLoader.load("smollm2-135m"))
    let (drawn, map) = (
      try #require(ScoreByLengthFigure.figure(data)).caption, try #require(PasskeyMapFigure.figure(data)).caption
    )
    #expect(drawn.contains("novel.txt") && !drawn.contains("play.txt"))
    #expect(map.contains("play.txt") && !map.contains("novel.txt"))
  }
}
