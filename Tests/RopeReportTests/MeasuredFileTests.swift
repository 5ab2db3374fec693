import Foundation
import RopeAnalysis
import RopeFigures
import RopeModel
import RopeReport
import Testing

/// Files of measurements: what they hold, and where they are wrong.
@Suite struct MeasuredFileTests {
  private func read(_ text: String, _ name: String = "folder/file.csv") throws(ConfigurationError) -> Measurements {
    try MeasuredFile.read(Array(text.utf8), path: name)
  }

  @Test func tablesOfEveryKind() throws {
    let byLength = try read("length, method, perplexity, stderr, note\n4k, yarn:factor=2, 20, 0.5, x\n# a remark\n8192,\"my, own\",10,,\n")
    #expect(byLength.methods == ["yarn:factor=2", "my, own"] && byLength.lengths == [4096, 8192])
    #expect(abs(byLength.losses[0].nll - log(20)) <= 1e-12 && byLength.losses[0].standardError == 0.025)
    #expect(byLength.losses[1].standardError == nil && byLength.sources[0].name == "file.csv")
    let byPosition = try read("method,position,nll,stderr\na,256,3,0.1\na,768,2.9,0.1\na,1280,2.8,0.1\nb,256,3.5,0.1\n")
    #expect(byPosition.losses.count == 2)
    #expect(byPosition.losses[0].buckets.map(\.from) == [0, 512, 1024] && byPosition.losses[0].buckets.map(\.to) == [512, 1024, 1536])
    let cells = try read("method,length,depth,correct,trials,nll\na,4k,0.5,3,5,1.5\n")
    #expect(cells.retrieval == [MeasuredRetrieval(method: "a", length: 4096, depth: 0.5, trials: 5, correct: 3, nll: 1.5)])
    let scores = try read("\u{FEFF}method,length,score,benchmark\r\na,4k,88.5,RULER\r\n")
    #expect(scores.scores == [MeasuredScore(method: "a", length: 4096, score: 88.5, benchmark: "RULER")])
  }

  @Test(arguments: [
    ("method,length,perplexity\nyarn,4k,abc\n", 2, 9, "“perplexity” is “abc”"),
    ("method,length,perplexity\n\nyarn,four,20\n", 3, 6, "“length” is “four”"),
    ("method,length,perplexity\n,4k,20\n", 2, 1, "no “method”"),
    ("method,length,depth,correct,trials\na,4k,0.5,6,5\n", 2, 10, "“correct” is “6”"),
    ("method,length,depth,correct,trials\na,4k,1.5,1,5\n", 2, 6, "“depth” is “1.5”"),
    ("method,position,nll\na,512,3\na,256,3\n", 3, 3, "must ascend"),
    ("model,size\n1,2\n", 1, 1, "known sets of columns"),
    ("method,length,score\na,\"4k,5\n", 2, 3, "does not end"),
    ("method,length,score\n", 1, 1, "no rows"),
    ("", 1, 1, "empty"),
  ])
  func wrongTablesNameThePlace(_ text: String, _ line: Int, _ column: Int, _ message: String) throws {
    do {
      _ = try read(text)
      Issue.record("nothing was thrown for \(text)")
    } catch {
      #expect(error.line == line && error.column == column && error.message.contains(message), "\(error)")
    }
  }

  @Test(arguments: [
    ("{\"schema\": \"ropescope.perplexity/1\"}", "“runs” is missing"),
    ("{\"schema\": \"other/1\", \"runs\": []}", "its schema is “other/1”"),
    ("{\"runs\": []}", "names no schema"),
    ("{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"nll\": 2}]}", "“length” is missing"),
    ("{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"length\": 1e99, \"nll\": 2}]}", "a whole number is expected"),
    ("{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"length\": 8, \"nll\": \"x\"}]}", "a number is expected"),
    ("{\"schema\": \"ropescope.passkey/1\", \"cells\": [{\"method\": \"a\", \"length\": 8, \"depth\": 0, \"trials\": 1, \"correct\": 2}]}", "2 of 1 trials"),
    ("{\"schema\": \"ropescope.passkey/1\", \"cells\": [", "file ends"),
  ])
  func wrongDocumentsNameThePlace(_ text: String, _ message: String) throws {
    do {
      _ = try read(text, "x.json")
      Issue.record("nothing was thrown for \(text)")
    } catch {
      #expect(error.line == 1 && (error.column ?? 0) > 0, "\(error)")
      if message != "file ends" { #expect(error.message.contains(message), "\(error)") }
    }
  }

  private static let perplexity = """
    {"schema": "ropescope.perplexity/1", "setting": {"model": "tiny", "trained_length": 8192, "target_length": 16384, "text": "book.txt"}, "runs": [
     {"method": "none", "length": 16384, "windows": 2, "tokens_scored": 4, "nll": 4, "stderr": 0.5, "stderr_over": "windows", "by_position": [
      {"from": 0, "to": 8192, "tokens": 2, "nll": 3, "stderr": 0.5, "by_window": [2.5, 3.5]}, {"from": 8192, "to": 16384, "tokens": 2, "nll": 5, "stderr": 0.5, "by_window": [4.5, 5.5]}]},
     {"method": "yarn:factor=2", "length": 16384, "windows": 2, "tokens_scored": 4, "nll": 3.1, "stderr": 0.5, "stderr_over": "windows", "by_position": [
      {"from": 0, "to": 8192, "tokens": 2, "nll": 3.1, "stderr": 0.5, "by_window": [2.6, 3.6]}, {"from": 8192, "to": 16384, "tokens": 2, "nll": 3.05, "stderr": 0.5, "by_window": [2.5, 3.6]}]}]}
    """

  @Test func recordsKeepMeasurementsAndTheirClosedForms() async throws {
    let measurements = try read(Self.perplexity, "p.json")
    #expect(measurements.losses[1].buckets[1].byWindow == [2.5, 3.6] && measurements.sources[0].text == "book.txt")
    let model = try ModelLoader.load("smollm2-135m")
    let record = try await Run.record(
      RunRequest(
        model: model, methods: [.init("none"), .init("yarn")], targetLength: 16_384, analyses: ["phase-safe-length"],
        measurements: measurements), version: "0", command: [])
    let measured = try #require(record.measured)
    #expect(measured.methods.map(\.name).count == 2 && measured.reach.map(\.length) == [16_384, 16_384])
    let plain = measured.reach[0], yarn = measured.reach[1]
    #expect(plain.phaseSafeLength == 8192 && plain.pairsWithNewAngles > 0 && yarn.pairsWithNewAngles == 0)
    let again = try RecordFile.read(Data(RecordFile.bytes(record)))
    #expect(again.measured?.measurements == measurements && again.measured?.reach == measured.reach)
    let document = try ReportDocument(again).document
    let section = try #require(document.sections.first { $0.id == "measured" })
    let text = String(decoding: try JSONEncoder().encode(section), as: UTF8.self)
    #expect(text.contains("Beyond the trained 8k") && text.contains("loss-by-position") && text.contains("measured-losses"))
    #expect(MarkdownRenderer().render(document).contains("Measured"))
    // Nothing measured, no chapter.
    var bare = record
    bare.measured = nil
    #expect(try !ReportDocument(bare).document.sections.contains { $0.id == "measured" })
  }

  @Test func figuresSayWhatTheyShow() throws {
    let model = try ModelLoader.load("smollm2-135m")
    var measurements = try read(Self.perplexity, "p.json")
    measurements.add(try read("method,length,depth,correct,trials\nnone,4k,0,2,2\nnone,16k,0,0,2\nyarn:factor=2,16k,0,2,2\n"))
    measurements.add(try read("method,length,score,stderr,benchmark\nnone,4k,90,1,RULER\nnone,16k,3,1,RULER\n"))
    let data = try MeasuredRecord(measurements).figureData(of: model)
    let losses = try #require(LossByPositionFigure.figure(data))
    #expect(losses.panels.count == 2 && losses.title.contains("Beyond the trained 8k"))
    let map = try #require(PasskeyMapFigure.figure(data))
    #expect(map.panels.count == 2 && map.title.contains("too few trials to tell them apart"))
    guard case .cells(let cells)? = map.panels[1].marks.first else { return #expect(Bool(false), "no cells") }
    #expect(cells.texts == ["", "2/2"] && cells.values[0].isNaN && cells.values[1] == 1)
    #expect(try #require(ScoreByLengthFigure.figure(data)).title == "RULER at 16k: no scaling 3")
    #expect(LossByPositionFigure.figure(try MeasuredRecord(Measurements()).figureData(of: model)) == nil)
  }

  @Test func shippedStatisticsRead() throws {
    for name in StatisticsFile.shipped {
      let moments = try StatisticsFile.read(name)
      #expect(moments.fault == nil && moments.heads.count == 270 && moments.pairCount == 32 && !moments.entropies.isEmpty)
    }
    #expect(throws: ConfigurationError.self) { try StatisticsFile.read("smollm2-135") }
  }
}
