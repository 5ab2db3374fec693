import Foundation
import RopeFigures
import RopeTestSupport
import Testing

@Suite struct ReportCommandTests {
  private static func bytes(_ folder: TemporaryFolder, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
  }

  /// Two runs give the same bytes, and the record alone gives every other file again.
  @Test func sameInputSameBytes() async throws {
    let first = try TemporaryFolder(), second = try TemporaryFolder(), third = try TemporaryFolder()
    for folder in [first, second] {
      let run = await CapturedRun(["report", "smollm2-135m", "--target", "16k", "-o", folder.path])
      #expect(run.status == 0 && run.output.contains("Try first"))
    }
    let files = first.files
    #expect(files == second.files)
    for name in files { #expect(try Self.bytes(first, name) == Self.bytes(second, name), "\(name)") }
    let render = await CapturedRun(["render", first.path + "/run.json", "-o", third.path])
    #expect(render.status == 0, "\(render.error)")
    for name in third.files { #expect(try Self.bytes(first, name) == Self.bytes(third, name), "\(name)") }
    #expect(Set(files).subtracting(third.files).isSubset(of: ["run.json"]))
    for name in [
      "report.html", "report.pdf", "run.json", "figures/wavelength.pdf", "figures/wavelength.svg",
      "figures/wavelength.png", "data/wavelength.csv", "data/wavelength.json",
    ] {
      #expect(files.contains(name))
    }
    #expect(try Self.bytes(first, "report.html").count < 750_000)
    #expect(try Self.bytes(first, "report.pdf").prefix(5) == Data("%PDF-".utf8))
  }

  /// The brief report is two files and the record, from which the full one can be made; check is asked.
  @Test func briefReport() async throws {
    let folder = try TemporaryFolder()
    let config =
      #"{"model_type": "llama", "head_dim": 128, "max_position_embeddings": 32768, "rope_theta": 10000.0, "rope_scaling": {"type": "yarn", "factor": 16.0, "original_max_position_embeddings": 8192}}"#
    let file = try folder.file("config.json", config)
    let out = folder.path + "/out"
    let run = await CapturedRun(["report", file, "--target", "128k", "--brief", "-o", out])
    #expect(run.status == 0, "\(run.error)")
    #expect(!folder.files.contains { $0.hasPrefix("out/figures") || $0.hasPrefix("out/data") })
    let page = String(decoding: try Self.bytes(folder, "out/report.html"), as: UTF8.self)
    #expect(page.contains("factor-ratio-mismatch") && page.contains("config.json:1:") && !page.contains(folder.path))
    #expect(page.utf8.count < 120_000)
    let full = await CapturedRun(["render", out + "/run.json", "-o", folder.path + "/full"])
    #expect(full.status == 0 && folder.files.contains("full/figures/wavelength.pdf"))
    // Alone, as an attachment, no link of the page is dead.
    let whole = String(decoding: try Self.bytes(folder, "full/report.html"), as: UTF8.self)
    #expect(!whole.contains("href=\"figures/") && !whole.contains("href=\"data/"))
  }

  /// A figure of every kind can be drawn for some model, in every format, with its data.
  @Test func everyFigureCanBeDrawn() async throws {
    let folder = try TemporaryFolder()
    let weights = Fixtures.url("real/clex-smollm2-135m.safetensors").path
    let methods = "none,linear,dynamic,yarn,lm-infinite,self-extend,clex:weights=\(weights)"
    // Figures of measurements are drawn where there are some.
    let measured = [
      Fixtures.url("measured/smollm2-135m-10k.csv").path,
      try folder.file("cells.csv", "method,length,depth,correct,trials\nnone,4k,0.5,3,3\nnone,12k,0.5,0,3\n"),
      try folder.file("scores.csv", "method,length,score\nnone,4k,90\nnone,16k,3\n"),
    ].flatMap { ["--measured", $0] }
    let run = await CapturedRun(
      ["report", "smollm2-135m", "--methods", methods, "--target", "32k", "-o", folder.path, "-q"] + measured)
    #expect(run.status == 0, "\(run.error)")
    // Parity compares runtimes, rounding the same texts in two precisions.
    let others = [ParityFigure.card.id, RoundingFigure.card.id]
    for kind in FigureCatalogue.all where !others.contains(kind.card.id) {
      for format in ["pdf", "svg", "png"] {
        #expect(folder.files.contains("figures/\(kind.card.id).\(format)"), "\(kind.card.id).\(format)")
      }
    }
    let record = try #require(JSONSerialization.jsonObject(with: Self.bytes(folder, "run.json")) as? [String: Any])
    let rows = try #require(record["comparison"] as? [[String: Any]])
    let byLabel = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in (row["label"] as? String).map { ($0, row) } })
    #expect(byLabel["lm-infinite"]?["class"] as? String == "approximate, frozen")
    #expect(byLabel["none"]?["class"] as? String == "exact, frozen")
    let scores = try ["lm-infinite", "none"].map { try #require(byLabel[$0]?["scores_per_token"] as? Double) }
    #expect(scores == [8202, 32_768])
  }

  @Test func aFigureComesWithItsData() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(
      [
        "figure", "wavelength", "qwen2.5-7b", "--methods", "none,yarn", "--target", "128k", "--style", "icml",
        "--latex",
        "-o", folder.path + "/w.pdf",
      ])
    #expect(run.status == 0)
    #expect(folder.files == ["w.csv", "w.json", "w.pdf", "w.tex"])
    let table = String(decoding: try Self.bytes(folder, "w.csv"), as: UTF8.self)
    #expect(table.contains("yarn"))
    let latex = String(decoding: try Self.bytes(folder, "w.tex"), as: UTF8.self)
    #expect(latex.contains("\\includegraphics") && latex.contains("\\caption"))
  }

  /// A model's name is text, whatever it holds, in HTML, SVG, PDF metadata and file names.
  @Test func hostileNamesStayText() async throws {
    let folder = try TemporaryFolder()
    let name = "<script>alert(1)</script>\\\"'&../../x"
    let config =
      #"{"_name_or_path": "\#(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))", "model_type": "llama", "head_dim": 64, "max_position_embeddings": 2048, "rope_theta": 10000.0}"#
    let file = try folder.file("config.json", config)
    let out = folder.path + "/out"
    let run = await CapturedRun(["report", file, "--methods", "none,yarn", "--target", "8k", "-o", out])
    #expect(run.status == 0, "\(run.error)")
    for path in folder.files where path.hasSuffix(".html") || path.hasSuffix(".svg") {
      let text = String(decoding: try Self.bytes(folder, path), as: UTF8.self)
      #expect(!text.contains("<script>alert"), "\(path)")
    }
    #expect(folder.files.allSatisfy { $0 == "config.json" || $0.hasPrefix("out/") })
  }

  @Test func templatesCanBeReplaced() async throws {
    let folder = try TemporaryFolder()
    let templates = Fixtures.package.appendingPathComponent("Templates/html")
    try FileManager.default.createDirectory(atPath: folder.path + "/t/html", withIntermediateDirectories: true)
    let page = try String(contentsOf: templates.appendingPathComponent("report.mustache"), encoding: .utf8)
    _ = try folder.file("t/html/report.mustache", page.replacing("</body>", with: "<p>our own line</p></body>"))
    let run = await CapturedRun(
      [
        "report", "smollm2-135m", "--methods", "none", "--target", "16k", "--templates", folder.path + "/t", "-o",
        folder.path + "/out",
      ])
    #expect(run.status == 0, "\(run.error)")
    #expect(String(decoding: try Self.bytes(folder, "out/report.html"), as: UTF8.self).contains("our own line"))
  }

  /// A record from elsewhere, cut or edited, is refused with a sentence.
  @Test(arguments: ["", "{}", "[1]", #"{"schema": "ropescope.run/99"}"#])
  func foreignRecordsAreRefused(text: String) async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(["render", try folder.file("run.json", text), "-o", folder.path + "/out"])
    #expect(run.status == 2 && run.error.contains("run.json"), "\(run.error)")
    #expect(folder.files == ["run.json"])
  }
}
