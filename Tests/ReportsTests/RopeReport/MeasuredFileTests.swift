import Foundation
import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeJSON
import RopeMath
import RopeRecords
import RopeReport
import RopeTestSupport
import Testing

/// Files of measurements: what they hold, and where they are wrong.
@Suite struct MeasuredFileTests {
  private func read(_ text: String, _ name: String = "folder/file.csv") throws(ConfigurationError) -> Measurements {
    try MeasuredFile.read(Array(text.utf8), path: name)
  }

  @Test func tablesOfEveryKind() throws {
    let byLength = try read(
      "length, method, perplexity, stderr, note\n4k, yarn:factor=2, 20, 0.5, x\n# a remark\n8192,\"my, own\",10,,\n")
    #expect(byLength.methods == ["yarn:factor=2", "my, own"] && byLength.lengths == [4096, 8192])
    #expect(abs(byLength.losses[0].nll - log(20)) <= 1e-12 && byLength.losses[0].standardError == 0.025)
    #expect(byLength.losses[1].standardError == nil && byLength.sources[0].name == "file.csv")
    let byPosition = try read("method,position,nll,stderr\na,256,3,0.1\na,768,2.9,0.1\na,1280,2.8,0.1\nb,256,3.5,0.1\n")
    #expect(byPosition.losses.count == 2)
    #expect(
      byPosition.losses[0].buckets.map(\.from) == [0, 512, 1024]
        && byPosition.losses[0].buckets.map(\.to) == [512, 1024, 1536])
    let cells = try read("method,length,depth,correct,trials,nll\na,4k,0.5,3,5,1.5\n")
    #expect(
      cells.retrieval == [MeasuredRetrieval(method: "a", length: 4096, depth: 0.5, trials: 5, correct: 3, nll: 1.5)])
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
    ("method,length,depth,correct,trials\na,4k,0.5,1.9,5\n", 2, 10, "“correct” is “1.9”"),
    ("method,length,depth,correct,trials\na,4k,0.5,1,1.95\n", 2, 12, "“trials” is “1.95”"),
    ("method,length,nll,tokens\na,4k,3,2.5\n", 2, 8, "“tokens” is “2.5”"),
    ("method,length,nll,tokens\na,4k,3,1e15\n", 2, 8, "“tokens” is “1e15”"),
    ("method,length,nll,stderr\na,4k,3,1e7\n", 2, 8, "“stderr” is “1e7”"),
    ("method,length,nll,NLL\na,4k,3,4\n", 1, 19, "the column “nll” stands twice"),
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
    (
      "{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"length\": 1e99, \"nll\": 2}]}",
      "a whole number is expected"
    ),
    (
      "{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"length\": 8, \"nll\": \"x\"}]}",
      "a number is expected"
    ),
    (
      "{\"schema\": \"ropescope.passkey/1\", \"cells\": [{\"method\": \"a\", \"length\": 8, \"depth\": 0, \"trials\": 1, \"correct\": 2}]}",
      "2 of 1 trials"
    ),
    ("{\"schema\": \"ropescope.passkey/1\", \"cells\": [", "file ends"),
    ("{\"schema\": \"ropescope.longppl/1\", \"runs\": [{\"method\": \"\"}]}", "“method” is empty"),
    (
      "{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"a\", \"length\": 8, \"nll\": 2, \"stderr_over\": \"x\"}]}",
      "“stderr_over” is the text “x”, one of windows, tokens is expected"
    ),
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

  @Test func faultsNameThePointerOfTheValue() throws {
    func pointer(_ text: String) -> String? {
      do throws(ConfigurationError) {
        _ = try read(text, "x.json")
        return nil
      } catch { return error.pointer }
    }
    func cell(_ values: String) -> String {
      "{\"schema\": \"ropescope.passkey/1\", \"cells\": [{\"method\": \"a\", \"length\": 8, \(values)}]}"
    }
    #expect(pointer(cell("\"depth\": 2, \"trials\": 1, \"correct\": 1")) == "/cells/0/depth")
    #expect(pointer(cell("\"depth\": 1, \"trials\": 1, \"correct\": 2")) == "/cells/0")
    #expect(pointer(cell("\"depth\": 1, \"trials\": 1, \"correct\": 1, \"by_trial\": [5]")) == "/cells/0/by_trial/0")
    #expect(pointer(cell("\"depth\": 1, \"trials\": 1, \"correct\": 1, \"nll\": NaN")) == nil)
    let scores = "{\"schema\": \"ropescope.scores/1\", \"task\": \"t\", \"summary\": ["
    #expect(pointer(scores + "{\"method\": \"a\", \"length\": 8, \"score\": 1, \"lower\": -1}]}") == "/summary/0/lower")
    #expect(pointer(scores + "{\"method\": \"a\", \"length\": 8, \"score\": 1}]}") == nil)
  }

  /// Records of earlier versions are read, as measurements and by their own types, which write the same again.
  @Test(arguments: ["perplexity", "passkey", "longppl", "scores"]) func recordsOfEveryEvaluationAreRead(_ name: String)
    throws
  {
    let data = try Fixtures.data("records/\(name).json")
    let text = String(decoding: data, as: UTF8.self)
    let measurements = try read(text, "\(name).json")
    #expect(measurements.methods == ["none", "yarn:factor=2"] && measurements.sources[0].name == "\(name).json")
    #expect(measurements.sources[0].model != nil && measurements.sources[0].precision == nil)
    func again<Record: EvaluationRecord>(_ type: Record.Type) throws -> [UInt8] {
      try JSONText.encodeBytes(JSONDecoder().decode(type, from: data))
    }
    let type = try #require(EvaluationRecords.all.first { text.contains("\"\($0.schemaName)\"") })
    #expect(try String(decoding: again(type), as: UTF8.self) == text.trimmingCharacters(in: .newlines))
  }

  /// A run of two windows with one value in place of what `key` holds.
  @Test(arguments: [
    ("tokens_scored", "-4"), ("tokens_scored", "4.5"), ("tokens_scored", "1e15"), ("windows", "-1"), ("windows", "1.5"),
    ("nll", "-1"), ("nll", "1e7"), ("stderr", "1e7"), ("stderr", "-1"), ("by_window", "[1, 1e7]"),
    ("by_window", "[-1, 2]"),
    ("trained_length", "-8"), ("target_length", "-8"), ("target_length", "8.5"),
  ])
  func impossibleNumbersAreNamed(_ key: String, _ value: String) throws {
    let values = [
      "tokens_scored": "4", "windows": "2", "nll": "3", "stderr": "0.1", "by_window": "[3, 3]", "trained_length": "8",
      "target_length": "8",
    ]
    func document(_ values: [String: String]) -> String {
      func member(_ key: String) -> String { "\"\(key)\": \(values[key] ?? "null")" }
      let bucket = "{\"from\": 0, \"to\": 8, \"nll\": 3, \(member("by_window"))}"
      let run = ["tokens_scored", "windows", "nll", "stderr"].map(member).joined(separator: ", ")
      let setting = ["trained_length", "target_length"].map(member).joined(separator: ", ")
      return "{\"schema\": \"ropescope.perplexity/1\", \"setting\": {\(setting)}, "
        + "\"runs\": [{\"method\": \"a\", \"length\": 8, \(run), \"by_position\": [\(bucket)]}]}"
    }
    #expect(try read(document(values), "x.json").losses[0].tokens == 4)
    do {
      _ = try read(document(values.merging([key: value]) { $1 }), "x.json")
      Issue.record("nothing was thrown for \(key) \(value)")
    } catch {
      #expect(error.message.contains("“\(key)” is") && error.message.contains("is expected"), "\(error)")
    }
  }

  private func message(_ text: String, _ name: String = "x.csv") -> String {
    do {
      _ = try read(text, name)
      return "nothing"
    } catch {
      return error.message
    }
  }

  @Test func namesAreShortAndCanBeShown() throws {
    let csv = "method,length,score,benchmark\n"
    let scores = try read(csv + "a\u{1B}[31m,4k,1,b\u{202E}c\n").scores
    #expect(scores.map(\.method) == ["a\u{FFFD}[31m"] && scores[0].benchmark == "b\u{FFFD}c")
    let long = String(repeating: "x", count: 201)
    #expect(message(csv + "\(long),4k,1,b\n").contains("“method” has more than 200 characters"))
    #expect(message(csv + "a,4k,1,\(long)\n").contains("“benchmark” has more than 200 characters"))
    #expect(try read(csv + "\(long.dropLast()),4k,1,b\n").scores.count == 1)
    func document(_ model: String) -> String {
      "{\"schema\": \"ropescope.perplexity/1\", \"setting\": {\"model\": \"\(model)\"}, \"runs\": []}"
    }
    #expect(message(document(long), "x.json").contains("“model” has more than 200 characters"))
    #expect(try read(document("a\\u001bb"), "x.json").sources[0].model == "a\u{FFFD}b")
  }

  @Test func tablesAndListsHaveAnEnd() {
    #expect(message(String(repeating: "1\n", count: 1_000_002)).contains("more than 1000000 rows"))
  }

  @Test func filesOfOneNameAreToldApart() throws {
    let austen = try read(Self.perplexity, "austen/p.json").losses
    #expect(try read(Self.perplexity, "elsewhere/p.json").losses == austen)
    let alice = try read(Self.perplexity + "\n", "alice/p.json").losses
    #expect(alice[0].sources != austen[0].sources)
    #expect(MeasuredDifference(austen[0], minus: austen[1])?.blocks == 4)
    #expect(MeasuredDifference(austen[0], minus: alice[1])?.blocks == 0)
  }

  @Test func tablesClaimNoMoreThanWasMeasured() async throws {
    var measurements = try read(
      "method,length,depth,correct,trials\nnone,4k,0,2,2\nyarn,4k,0,1,2\nnone,16k,0,0,20\nyarn,16k,0,20,20\n")
    measurements.add(
      try read("method,length,score,benchmark\nnone,4k,90,RULER\nnone,4k,40,LongBench\nyarn,4k,41,LongBench\n"))
    for name in ["a.json", "b.json", "c.json"] {
      let bucket = "{\"from\": 0, \"to\": 8, \"nll\": 3, \"by_window\": [3]}"
      let run = "\"length\": 8, \"windows\": 1, \"tokens_scored\": 8, \"nll\": 3, \"by_position\": [\(bucket)]"
      measurements.add(
        try read(
          "{\"schema\": \"ropescope.perplexity/1\", \"runs\": [{\"method\": \"none\", \(run)}, {\"method\": \"linear:factor=2\", \(run)}]}",
          name))
    }
    let record = try await Run.record(
      RunRequest(
        model: try ModelLoader.load("smollm2-135m"), methods: [.init("none")], targetLength: 16_384,
        analyses: ["phase-safe-length"], measurements: measurements), version: "0", command: [])
    let document = try ReportDocument(record).document
    let blocks = try #require(document.sections.first { $0.id == "measured" }).blocks
    func table(_ id: String) -> Block.Table? {
      blocks.compactMap { block -> Block.Table? in if case .table(let table) = block { table } else { nil } }.first {
        $0.id == id
      }
    }
    let scores = try #require(table("measured-scores"))
    #expect(scores.columns.map(\.title) == ["Method", "RULER 4k", "LongBench 4k"])
    #expect(scores.rows.map { $0.cells.dropFirst().map(\.text.plainText) } == [["90", "40"], ["–", "41"]])
    // One of two beside two of two says nothing; none of twenty beside all of them does.
    let found = try #require(table("measured-retrieval"))
    #expect(found.bestRows(ofColumn: 1).isEmpty && found.bestRows(ofColumn: 2).count == 1)
    let setting = blocks.flatMap { block -> [String] in
      if case .keyValues(let values) = block { values.entries.map { "\($0.key): \($0.value.plainText)" } } else { [] }
    }
    #expect(setting.contains("Losses: up to 24 tokens a method, in 3 windows that all methods share"), "\(setting)")
    #expect(setting.contains { $0.hasPrefix("Retrieval: 44 trials over 2 methods;") })
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
    #expect(
      text.contains("Beyond the trained 8k") && text.contains("loss-by-position") && text.contains("measured-losses"))
    #expect(MarkdownRenderer().render(document).contains("Measured"))
    // Nothing measured, no chapter.
    var bare = record
    bare.measured = nil
    #expect(try !ReportDocument(bare).document.sections.contains { $0.id == "measured" })
  }

  @Test func figuresSayWhatTheyShow() throws {
    let model = try ModelLoader.load("smollm2-135m")
    var measurements = try read(Self.perplexity, "p.json")
    measurements.add(
      try read("method,length,depth,correct,trials\nnone,4k,0,2,2\nnone,16k,0,0,2\nyarn:factor=2,16k,0,2,2\n"))
    measurements.add(try read("method,length,score,stderr,benchmark\nnone,4k,90,1,RULER\nnone,16k,3,1,RULER\n"))
    let data = try MeasuredRecord(measurements).figureData(of: model)
    let losses = try #require(LossByPositionFigure.figure(data))
    #expect(losses.panels.count == 2 && losses.title.contains("Beyond the trained 8k"))
    let map = try #require(PasskeyMapFigure.figure(data))
    #expect(map.panels.count == 2 && map.title.contains("too few trials to tell them apart"))
    guard case .cells(let cells)? = map.panels[1].marks.first else { return #expect(Bool(false), "no cells") }
    #expect(cells.texts == ["", "2/2"] && cells.values[0].isNaN && cells.values[1] == 1)
    #expect(try #require(ScoreByLengthFigure.figure(data)).title == "RULER at 16k: no scaling (3)")
    #expect(LossByPositionFigure.figure(try MeasuredRecord(Measurements()).figureData(of: model)) == nil)
  }

  @Test func shippedStatisticsRead() throws {
    for name in StatisticsFile.shipped {
      let moments = try StatisticsFile.read(name)
      #expect(
        moments.fault == nil && moments.heads.count == 270 && moments.pairCount == 32 && !moments.entropies.isEmpty)
    }
    #expect(throws: ConfigurationError.self) { try StatisticsFile.read("smollm2-135") }
  }

  /// The closed form from the moments against the attention that was measured on the model itself: within 0.4 nats at
  /// every position from 256 to 8,192, where independent Gaussian features with σ = 2 are off by more than 2.
  @Test func shippedMomentsForetellTheMeasuredEntropies() throws {
    let moments = try StatisticsFile.read("smollm2-135m")
    let model = try ModelLoader.load("smollm2-135m")
    let geometry = try model.scaledLayers().geometry
    let context = AnalysisContext(
      geometry: geometry, baseline: try RotaryPlan(geometry: geometry, length: geometry.trainedLength),
      targetLength: geometry.trainedLength, subjects: [], moments: moments)
    let series = AttentionEntropy.run(context)
    let closed = try #require(series.first { $0.series == "closed_form" })
    let measured = try #require(series.first { $0.series == "measured" })
    var worst = 0.0, guess = 0.0, compared = 0
    for (length, entropy) in zip(measured.x, measured.y) {
      guard let place = closed.x.firstIndex(of: length) else { continue }
      worst = max(worst, abs(closed.y[place] - entropy))
      guess = max(guess, abs(GaussianEntropy(deviation: 2).entropy(keys: length) - entropy))
      compared += 1
    }
    #expect(compared == 6 && worst <= 0.4 && guess > 2, "\(compared) lengths, off by \(worst), the guess by \(guess)")
  }
}
