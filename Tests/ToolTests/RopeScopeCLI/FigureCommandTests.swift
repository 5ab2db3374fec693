import Foundation
import RopeScopeCLI
import RopeTestSupport
import Testing

/// `figure` as authors use it: looks from flags and files, several kinds, several figures, measured tables.
@Suite struct FigureCommandTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path }

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  private func figure(_ arguments: String...) async -> CapturedRun { await CapturedRun(["figure"] + arguments) }

  private let base = ["qwen2.5-7b", "--target", "128k", "--methods", "none,yarn"]

  @Test func flagsChangeTheFigure() async throws {
    let run = await CapturedRun(
      ["figure", "interpolation-ratio"] + base + [
        "--label", "yarn=我们的", "--series-color", "yarn=#AA3300", "--dash", "yarn=7-3", "--marker", "yarn=star",
        "--xlabel", "维度对", "--pairs", "16-48", "--title", "none", "--legend", "top", "--height", "2in", "--annotate",
        "30:0.5=ramp", "-o", path + "/f.svg",
      ])
    #expect(run.status == 0, "\(run.error)")
    let svg = try text("f.svg")
    for word in ["我们的", "#AA3300", "维度对", ">ramp<", "height=\"144pt\""] { #expect(svg.contains(word), "\(word)") }
    #expect(run.error.contains("我们的 keeps"))
  }

  @Test func aPaletteColoursTheMethodsWithoutAColourOfTheirOwn() async throws {
    let file = try folder.file("palette.toml", "palette = [\"#123456\", \"#FFEE99\"]\n")
    let run = await CapturedRun(
      ["figure", "interpolation-ratio", "qwen2.5-7b", "--target", "128k", "--methods", "none,linear,yarn"]
        + ["--style", file, "--series-color", "none=#AA3300", "-o", path + "/p.svg"])
    #expect(run.status == 0, "\(run.error)")
    let svg = try text("p.svg")
    for rule in [".s-m-none{stroke:var(--m-none,#AA3300)}", ".s-m-linear{stroke:var(--m-linear,#123456)}"] {
      #expect(svg.contains(rule), "\(rule)")
    }
    #expect(svg.contains(".s-m-yarn{stroke:var(--m-yarn,#FFEE99)}"))
    #expect(run.error.contains("#FFEE99 for the palette has a contrast of"), "\(run.error)")
  }

  @Test func aFigureIsToldInChinese() async throws {
    func draw(_ name: String, _ arguments: String...) async -> CapturedRun {
      await CapturedRun(["figure", "wavelength"] + base + arguments + ["-o", path + "/\(name).svg"])
    }
    let chinese = await draw("zh", "--lang", "zh", "--label", "yarn=Ours", "--latex")
    #expect(chinese.status == 0, "\(chinese.error)")
    let svg = try text("zh.svg"), json = try text("zh.json"), latex = try text("zh.tex")
    for word in ["xml:lang=\"zh\"", "维度对序号", "训练长度 32k", "目标长度 128k", ">Ours<", "训练时"] {
      #expect(svg.contains(word), "\(word)")
    }
    #expect(json.contains("个维度对中有") && latex.contains("转不满一圈。(a) ") && chinese.error.contains("图注：64 个"))
    #expect(!svg.contains("Pair index") && !latex.contains("pairs"))

    let paper = await CapturedRun(["figure", "wavelength"] + base + ["--lang", "zh", "-o", path + "/zh.pdf"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/zh.pdf"))
    #expect(paper.status == 0 && String(decoding: bytes.suffix(4000), as: UTF8.self).contains("/Lang (zh)"))

    let file = try folder.file("file.toml", "lang = \"zh\"\n[label]\nyarn = \"Ours\"\n")
    let fromFile = await draw("file", "--style", file)
    #expect(try fromFile.status == 0 && text("file.svg") == svg, "\(fromFile.error)")
    let over = await draw("over", "--style", file, "--lang", "en", "--label", "as trained=Before")
    let plain = await draw("plain", "--label", "yarn=Ours", "--label", "as trained=Before")
    #expect(try over.status == 0 && plain.status == 0 && text("over.svg") == text("plain.svg"))
    let renamed = await draw("renamed", "--lang", "zh", "--label", "as trained=之前")
    #expect(try renamed.status == 0 && text("renamed.svg").contains(">之前<"))
  }

  @Test func anUnknownLanguageIsOneSentence() async {
    for command in [["figure", "wavelength"] + base + ["-o", path + "/f.svg"], ["figures"]] {
      let run = await CapturedRun(command + ["--lang", "xx"])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.error.contains("there is no catalogue for the language “xx”; known are en, zh"), "\(run.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: path + "/f.svg"))
  }

  @Test func kindsAreListedInChinese() async throws {
    let text = await CapturedRun(["figures", "--lang", "zh"])
    #expect(text.status == 0 && text.output.contains("wavelength") && text.output.contains("转一圈需要多少 token"))
    let plain = await CapturedRun(["figures"]), english = await CapturedRun(["figures", "--lang", "en"])
    #expect(plain.output == english.output && plain.output.contains("How many tokens each pair needs"))
    let json = await CapturedRun(["figures", "--lang", "zh", "--format", "json"])
    let kinds = try #require(json.json?["figures"] as? [[String: Any]])
    #expect(kinds.contains { $0["id"] as? String == "wavelength" && $0["title"] as? String == "各维度对的波长" })
  }

  /// A style file says the same as flags, by the same names; what is given on the command line counts more.
  @Test func styleFilesSayWhatFlagsSay() async throws {
    let style = try folder.file(
      "paper.toml",
      """
      style = "icml"
      font-size = 9
      legend = "right"
      ylim = [0.2, 1.2]
      order = ["yarn", "none"]
      [label]
      yarn = "Ours"
      none = "Baseline"
      [dash]
      yarn = [4, 2]
      """)
    let flags = await CapturedRun(
      ["figure", "interpolation-ratio"] + base + [
        "--style", "icml", "--font-size", "9", "--legend", "right", "--ylim", "0.2:1.2", "--order", "yarn,none",
        "--label", "yarn=Ours", "--label", "none=Baseline", "--dash", "yarn=4-2", "-q", "-o", path + "/flags.svg",
      ])
    let file = await CapturedRun(
      ["figure", "interpolation-ratio"] + base + ["--style", style, "-q", "-o", path + "/file.svg"])
    #expect(flags.status == 0 && file.status == 0, "\(flags.error)\(file.error)")
    #expect(try text("flags.svg") == text("file.svg"))
    let over = await CapturedRun(
      ["figure", "interpolation-ratio"] + base + [
        "--style", style, "--label", "yarn=Mine", "-q", "-o", path + "/o.svg",
      ])
    #expect(over.status == 0)
    #expect(try text("o.svg").contains("Mine") && text("o.svg").contains("Baseline"))
  }

  @Test(arguments: [
    ("xlmi = \"0:1\"", "“xlmi” is no key of this file; did you mean “xlim”?"),
    ("style = \"other.toml\"", "expected one of neurips"), ("aspect = \"wide\"", "aspect"),
    ("legend = \"left\"", "legend"), ("style = \"icmll\"", "icml"), ("[width]\na = 1", "“width” is a table"),
  ])
  func faultyStyleFilesAreRefused(content: String, expected: String) async throws {
    let style = try folder.file("bad.toml", content)
    let run = await CapturedRun(["figure", "wavelength"] + base + ["--style", style, "-o", path + "/f.svg"])
    #expect(run.status == 2 && run.error.contains(expected), "\(run.error)")
    #expect(!folder.files.contains("f.svg"))
  }

  @Test(arguments: [
    (["--series-color", "yarn=blue"], "six hexadecimal digits"), (["--label", "yarn"], "yarn=Ours"),
    (["--dash", "yarn=1"], "solid, dashed"), (["--marker", "yarn=stra"], "did you mean “star”"),
    (["--xlim", "4"], "two numbers"), (["--xlim", "5:4"], "must be smaller"), (["--xscale", "cubic"], "linear, log"),
    (["--pairs", "9-3"], "32-63"), (["--annotate", "x=y"], "no place X"),
    (["--height", "0.1in"], "between 0.5 and 40"),
    (["--dpi", "5"], "36"), (["--aspect", "9"], "0.05"), (["--font-size", "2"], "6 … 72"),
    (["--ylim", "f=0:1"], "there is no panel f"), (["--label", "yrn=A"], "did you mean “yarn”"),
    (["--panels", "turns,wavelength", "--xlim", "0:1"], "--panels stands in place of KIND"),
  ])
  func faultyValuesAreRefused(arguments: [String], expected: String) async throws {
    let run = await CapturedRun(["figure", "wavelength"] + base + arguments + ["-o", path + "/f.svg"])
    #expect(run.status == 2 && run.error.contains(expected), "\(arguments): \(run.error)")
    #expect(folder.files.isEmpty)
  }

  @Test func severalKindsAreOneFigure() async throws {
    let run = await CapturedRun(
      ["figure", "--panels", "wavelength,interpolation-ratio"] + base + ["--latex", "-o", path + "/pair.svg"])
    #expect(run.status == 0, "\(run.error)")
    let svg = try text("pair.svg")
    for word in ["(a)", "(b)", "(c)", "Interpolation ratio by pair"] { #expect(svg.contains(word), "\(word)") }
    let csv = try text("pair.csv")
    #expect(csv.contains("\nwavelength") && csv.contains("\ninterpolation-ratio") && folder.files.contains("pair.tex"))
  }

  @Test func aFileOfFiguresIsOneCommand() async throws {
    let list = try folder.file(
      "figures.toml",
      """
      model = "qwen2.5-7b"
      target = "128k"
      methods = ["none", "yarn"]
      style = "icml"
      [label]
      yarn = "Ours"

      [[figure]]
      kind = "wavelength"
      output = "one.svg"

      [[figure]]
      panels = ["turns", "interpolation-ratio"]
      output = "two.svg"
      width = "5in"
      methods = "none,yarn:beta_fast=16|64"
      label = { "yarn:beta_fast=16" = "sixteen", "yarn" = "nothing" }
      """)
    let clash = await figure("--from", list, "-o", path, "-q")
    #expect(clash.status == 2 && clash.error.contains("names 2 series"), "\(clash.error)")
    _ = try folder.file(
      "figures.toml",
      try text("figures.toml").replacing(", \"yarn\" = \"nothing\"", with: "")
        .replacing("[label]\nyarn = \"Ours\"", with: ""))
    let run = await figure("--from", list, "-o", path, "-q", "--font-size", "8")
    #expect(run.status == 0, "\(run.error)")
    #expect(Set(folder.files).isSuperset(of: ["one.svg", "one.csv", "one.json", "two.svg", "two.csv", "two.json"]))
    #expect(try text("two.svg").contains("sixteen") && text("two.svg").contains("width=\"360pt\""))
    #expect(try text("one.svg").contains("width=\"234pt\""))
    // The same figure by its own command has the same bytes.
    let alone = await CapturedRun(
      ["figure", "wavelength"] + base + ["--style", "icml", "--font-size", "8", "-q", "-o", path + "/alone.svg"])
    #expect(alone.status == 0)
    #expect(try text("alone.svg") == text("one.svg"))
  }

  @Test(arguments: [
    ("model = \"qwen2.5-7b\"\n[[figure]]\nkind = \"wavelength\"", "has no “output”"), ("a = 1", "no [[figure]]"),
    (
      "[[figure]]\nkind = \"wavelenght\"\noutput = \"a.svg\"\nmodel = \"qwen2.5-7b\"",
      "figures.toml:2:8: no figure is called “wavelenght”; did you mean “wavelength”"
    ),
    ("[[figure]]\nknd = \"wavelength\"\noutput = \"a.svg\"", "did you mean “kind”"),
    ("[[figure]]\nkind = \"wavelength\"\nfrom = \"a.toml\"", "“from” is not for a file of figures"),
  ])
  func faultyListsAreRefused(content: String, expected: String) async throws {
    let run = await figure("--from", try folder.file("figures.toml", content))
    #expect(run.status == 2 && run.error.contains(expected), "\(run.error)")
  }

  /// Word and Docs place a PNG at its size.
  @Test func pngsSayTheirResolution() async throws {
    let run = await CapturedRun(
      ["figure", "wavelength"] + base + ["--style", "icml", "--dpi", "300", "-q", "-o", path + "/f.png"])
    #expect(run.status == 0, "\(run.error)")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/f.png")))
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 975)
    let place = try #require((0..<60).first { Array(bytes[$0..<$0 + 4]) == Array("pHYs".utf8) })
    #expect(number(place + 4) == 11811 && number(place + 8) == 11811 && bytes[place + 12] == 1)
  }

  @Test func perplexityByLengthIsDrawnFromATable() async throws {
    let table = try folder.file(
      "ppl.csv",
      "method,length,perplexity,stderr\nnone,4k,6,0.1\nnone,16k,900,9\nyarn,4k,6.1,0.1\nyarn,16k,5.9,0.1\nOurs,4k,6,0.1\nOurs,16k,5.7,0.1\n"
    )
    let run = await figure(
      "perplexity-by-length", "llama-2-7b", "--measured", table, "--ylim", "5.5:6.5", "-o", path + "/p.svg")
    #expect(run.status == 0, "\(run.error)")
    let svg = try text("p.svg")
    for word in ["Ours", "Perplexity", "Context length (tokens)"] { #expect(svg.contains(word), "\(word)") }
    #expect(run.error.contains("At 16k, Ours has the lowest perplexity (5.70), no scaling the highest (900)"))
    #expect(run.error.contains("Bands: one standard error."))
    #expect(try text("p.csv").contains("measured-loss,16384,Ours"))
  }

  @Test(arguments: [
    (["perplexity-by-length", "qwen2.5-7b"], "add --measured FILE: CSV with the columns method,length,perplexity"),
    (["passkey-map", "qwen2.5-7b", "--measured", "TABLE"], "hold losses by length, not retrieval by depth"),
    (["visibility", "qwen2.5-7b", "--target", "128k", "--methods", "none"], "none of the methods hides or moves keys"),
    (["stale-keys", "qwen2.5-7b", "--target", "128k", "--methods", "yarn"], "changes while the context grows"),
    (["parity", "qwen2.5-7b", "--target", "128k"], "the file asks for no scaling"),
  ])
  func whatIsEmptySaysWhy(arguments: [String], expected: String) async throws {
    let table = try folder.file("t.csv", "method,length,perplexity\nnone,4k,6\n")
    let run = await CapturedRun(
      ["figure"] + arguments.map { $0 == "TABLE" ? table : $0 } + ["-o", path + "/f.svg"])
    #expect(run.status == 2 && run.error.contains(expected), "\(run.error)")
  }

  @Test func aForgottenTargetIsSaid() async throws {
    let run = await figure("wavelength", "qwen2.5-7b", "--methods", "none,yarn", "-o", path + "/f.svg")
    #expect(run.status == 0 && run.error.contains("add --target 128k"), "\(run.error)")
    let given = await CapturedRun(["figure", "wavelength"] + base + ["-o", path + "/g.svg"])
    #expect(!given.error.contains("--target 128k"))
  }
}
