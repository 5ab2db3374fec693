import Foundation
import RopeFigures
import RopeMath
import RopeScopeCLI
import RopeTestSupport
import Testing

/// Every command answers as its contract says.
@Suite struct CommandTests {
  @Test func inspectHoldsTheContractsKeys() async throws {
    let run = await CapturedRun([
      "inspect", "qwen2.5-7b", "--method", "yarn:factor=4", "--at", "8k,128k", "--format", "json",
    ])
    #expect(run.status == 0 && run.error.isEmpty)
    let document = try #require(run.json)
    #expect(document["schema"] as? String == "ropescope.inspect/1")
    let model = try #require(document["model"] as? [String: Any])
    #expect(Set(model.keys).isSuperset(of: ["source", "name", "family"]))
    let geometry = try #require(document["geometry"] as? [String: Any])
    #expect(
      Set(geometry.keys).isSuperset(of: [
        "head_dim", "rotary_dim", "base", "pairing", "trained_length", "window", "layers", "heads", "kv_heads",
        "by_layer_type",
      ]))
    let resolved = try #require((document["resolved"] as? [[String: Any]])?.first)
    #expect(Set(resolved.keys).isSuperset(of: ["key", "value", "origin", "pointer", "line"]))
    let plans = try #require(document["plans"] as? [[String: Any]])
    #expect(plans.map { $0["length"] as? Int } == [8192, 131_072])
    for plan in plans {
      #expect(
        Set(plan.keys).isSuperset(of: [
          "method", "parameters", "length", "layers", "inverse_frequencies", "wavelengths", "interpolation_ratios",
          "attention_factor", "softmax_scale_factor", "query_scale", "position_map", "visibility", "normalisation",
          "cached_keys",
        ]))
      #expect((plan["inverse_frequencies"] as? [Double])?.count == 64)
      let factor = try #require(plan["attention_factor"] as? Double)
      #expect(abs(factor - (0.1 * log(4.0) + 1)) < 1e-15)
    }
  }

  @Test func unrotatedPairsHaveNullWavelengths() async throws {
    let run = await CapturedRun([
      "inspect", "qwen2.5-7b", "--method", "proportional:partial_rotary_factor=0.5", "--format", "json",
    ])
    let plan = try #require((run.json?["plans"] as? [[String: Any]])?.first)
    let wavelengths = try #require(plan["wavelengths"] as? [Any])
    #expect(wavelengths.count == 64 && wavelengths.last is NSNull)
  }

  @Test func geometryStandsInForAModel() async throws {
    let run = await CapturedRun(
      [
        "inspect", "--head-dim", "128", "--base", "10000", "--trained-length", "4096", "--method", "ntk:factor=8",
        "--format", "json",
      ])
    let plan = try #require((run.json?["plans"] as? [[String: Any]])?.first)
    let frequencies = try #require(plan["inverse_frequencies"] as? [Double])
    let base = 10_000 * pow(8, 128.0 / 126)
    let worst = Accuracy.worst(frequencies, (0..<64).map { pow(base, -Double($0) / 64) }, by: Accuracy.relative)
    print("inspect, NTK by hand: worst relative error \(worst)")
    #expect(worst < 1e-13)
  }

  @Test func standardInputIsAModel() async {
    let config = #"{"head_dim": 64, "max_position_embeddings": 2048, "rope_theta": 10000.0}"#
    let run = await CapturedRun(["inspect", "-", "--format", "json"], input: config)
    #expect(run.status == 0)
    #expect((run.json?["geometry"] as? [String: Any])?["trained_length"] as? Int == 2048)
  }

  @Test func exportsReadBack() async throws {
    let folder = try TemporaryFolder()
    for name in ["plan.npz", "plan.safetensors"] {
      let run = await CapturedRun(
        ["inspect", "smollm2-135m", "--method", "yarn:factor=2", "--at", "64", "--export", folder.path + "/" + name])
      #expect(run.status == 0)
    }
    let npz = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/plan.npz"))
    #expect(npz.prefix(4) == Data([0x50, 0x4B, 3, 4]))
    let tensors = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/plan.safetensors"))
    // 32 frequencies in float64, and two tables of 64 × 32 in float32.
    let numbers = 32 * 8 + 2 * 64 * 32 * 4
    #expect(tensors.count > numbers)
  }

  @Test func analysesCarrySeedAndStandardError() async throws {
    let run = await CapturedRun(
      [
        "analyse", "smollm2-135m", "--methods", "none,yarn", "--target", "16k", "--only",
        "attention-entropy,phase-safe-length",
        "--seed", "7", "--format", "json",
      ])
    let document = try #require(run.json)
    #expect(document["schema"] as? String == "ropescope.analysis/1")
    let analyses = try #require(document["analyses"] as? [[String: Any]])
    #expect(Set(analyses.compactMap { $0["name"] as? String }) == ["attention-entropy", "phase-safe-length"])
    for analysis in analyses {
      #expect(
        Set(analysis.keys).isSuperset(of: [
          "name", "title", "unit", "method", "length", "x", "y", "lower", "upper", "summary",
        ]))
    }
    let simulated = try #require(analyses.first { $0["series"] as? String == "simulated" })
    let summary = try #require(simulated["summary"] as? [String: Any])
    #expect(summary["seed"] as? Int == 7 && (summary["sample_count"] as? Int ?? 0) >= 64)
    #expect((simulated["lower"] as? [Double])?.isEmpty == false)
  }

  @Test func jobsAndRepetitionChangeNothing() async {
    let arguments = ["analyse", "smollm2-135m", "--target", "16k", "--format", "csv"]
    let first = await CapturedRun(arguments), second = await CapturedRun(arguments + ["--jobs", "1"])
    #expect(first.output == second.output && first.output.count > 10_000)
  }

  @Test func listsNameWhatTheCataloguesHold() async throws {
    let methods = await CapturedRun(["methods", "--format", "json"])
    let ids = (methods.json?["methods"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
    #expect(ids == MethodCatalogue.cards.map(\.id))
    let figures = await CapturedRun(["figures"])
    for kind in FigureCatalogue.all { #expect(figures.output.contains(kind.card.id)) }
    let models = await CapturedRun(["models"])
    #expect(models.output.contains("qwen2.5-7b"))
    for run in [methods, figures, models] { #expect(run.status == 0 && run.error.isEmpty) }
    let text = await CapturedRun(["methods"])
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count < 190 })
  }

  /// Every method, figure and analysis has a page with formula or question and source.
  @Test func everythingIsExplained() async {
    for card in MethodCatalogue.cards {
      let page = await CapturedRun(["explain", card.id])
      #expect(page.status == 0, "\(card.id)")
      for part in ["Formula", "Cached keys", "Training", "Sources"] {
        #expect(page.output.contains(part), "\(card.id): \(part)")
      }
    }
    for kind in FigureCatalogue.all {
      #expect(await CapturedRun(["explain", kind.card.id]).output.contains("ropescope figure \(kind.card.id)"))
    }
    #expect(await CapturedRun(["explain", "beta_fast"]).output.contains("yarn"))
    let unknown = await CapturedRun(["explain", "yarm"])
    #expect(unknown.status == 2 && unknown.error.contains("yarn"))
  }

  @Test func helpStartsWithExamples() async {
    for name in [
      "inspect", "analyse", "report", "render", "figure", "explain", "methods", "models", "figures", "doctor", "attend",
    ] {
      let help = await CapturedRun([name, "--help"])
      #expect(help.status == 0, "\(name)")
      let examples = help.output.range(of: "ropescope \(name)"), usage = help.output.range(of: "USAGE")
      #expect(examples != nil && usage != nil, "\(name)")
      if let examples, let usage { #expect(examples.lowerBound < usage.lowerBound, "\(name)") }
    }
    #expect(await CapturedRun(["help", "report"]).output.contains("ropescope report"))
  }

  @Test func shellsCanComplete() async {
    for shell in ["bash", "zsh", "fish"] {
      let script = await CapturedRun(["--generate-completion-script", shell])
      #expect(script.status == 0 && script.output.contains("wavelength") && script.output.contains("yarn"), "\(shell)")
    }
  }

  @Test func scaledFilesAreTheirOwnBaseline() async throws {
    func safe(_ arguments: [String]) async throws -> Double {
      let run = await CapturedRun(
        [
          "analyse", "llama-3.1-8b", "--methods", "config", "--target", "256k", "--only", "phase-safe-length",
          "--format", "json",
        ]
          + arguments)
      let analyses = try #require(run.json?["analyses"] as? [[String: Any]])
      let summary = try #require(analyses.first?["summary"] as? [String: Any])
      return try #require(summary["phase_safe_length"] as? Double)
    }
    // The file's plan at its own window counts as trained; against plain rotation at 8k it reaches eight times that.
    #expect(abs(try await safe([]) - 131_072) < 1)
    #expect(abs(try await safe(["--baseline", "plain"]) - 65_536) < 1)
  }

  /// Commands as lines of JSON: each answered in its order, whatever it is.
  @Test func requestsAreServed() async throws {
    let lines = [
      #"{"id": 1, "arguments": ["suggest", "qwen2.5-7b", "--target", "128k", "--format", "json"]}"#, "", "nonsense",
      #"{"id": "b", "arguments": ["inspect", "-"], "stdin": "{\"head_dim\": 64, \"max_position_embeddings\": 4096, \"rope_theta\": 10000.0}"}"#,
      #"{"id": 3, "arguments": ["serve", "--stdio"]}"#, #"{"id": 4, "arguments": [1]}"#,
      #"{"id": 5, "arguments": ["nothing"]}"#,
    ]
    let queue = LineQueue(lines)
    let sink = LineQueue([])
    var console = Console(write: { stream, bytes in if stream == .output { sink.append(bytes) } })
    console.readLine = { queue.next() }
    #expect(await CommandLineTool.run(["serve", "--stdio"], console: console) == 0)
    let answers = try sink.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(answers.map { $0["code"] as? Int } == [0, 2, 0, 2, 2, 2])
    #expect(answers.map { "\($0["id"] ?? "")" } == ["1", "<null>", "b", "3", "4", "5"])
    #expect((answers[0]["stdout"] as? String)?.contains("ropescope.suggest/1") == true)
    #expect((answers[5]["stderr"] as? String)?.contains("unknown command") == true)
    #expect(await CapturedRun(["serve"]).status == 2)
  }

  private final class LineQueue: @unchecked Sendable {
    private let lock = NSLock()
    private var held: [String]
    init(_ lines: [String]) { held = lines }
    func next() -> [UInt8]? { lock.withLock { held.isEmpty ? nil : Array(held.removeFirst().utf8) } }
    func append(_ bytes: [UInt8]) { lock.withLock { held.append(String(decoding: bytes, as: UTF8.self)) } }
    var lines: [String] { lock.withLock { held.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 } } }
  }
}
