import Foundation
import RopeConfig
import RopeMath
import RopeTestSupport
import RopeText
import Testing

/// What commands print on a terminal: as wide as it is, broken between words; pipes get what they always got.
@Suite struct TerminalTests {
  private static let commands = [
    ["parity", "llama-3.1-8b"], ["parity", "gemma-3-4b", "--verbose"],
    ["analyse", "qwen2.5-7b", "--target", "128k", "--methods", "none,linear,ntk,yarn,longrope2,rerope"],
    ["analyse", "qwen2.5-7b", "--target", "128k", "--methods", "yarn", "--only", "phase-safe-length,local-resolution"],
    ["models"], ["rules"], ["methods"], ["figures"], ["diff", "qwen2.5-7b", "llama-3.1-8b"],
    ["inspect", "llama-3.1-8b", "--method", "config,yarn:factor=2"], ["explain", "yarn"], ["explain", "rope_theta"],
    ["check", Fixtures.folder.path + "/broken", "--target", "128k", "--color", "never"],
  ]

  /// No line is wider than the terminal but one that holds a single word, and no word is cut: each is one of the pipe's.
  @Test(arguments: commands, [60, 80, 120, 200]) func linesFit(_ command: [String], columns: Int) async {
    let plain = await CapturedRun(command)
    let run = await CapturedRun(command, columns: columns)
    #expect(run.status == plain.status)
    let words = Set(plain.output.split { $0.isWhitespace }.map(String.init))
    for line in run.output.split(separator: "\n") {
      let parts = line.split(separator: " ")
      #expect(line.columns <= columns || parts.count == 1, "\(command): \(line)")
      for part in parts.map(String.init) where !words.contains(part) && !part.hasPrefix("─") {
        // Marks of the layout itself, and long words that break behind a comma or slash.
        let bare = part.trimmingCharacters(in: CharacterSet(charactersIn: "(),:"))
        let isOwn = part.hasSuffix(":") || line.contains("wider terminal") || words.contains(bare)
        #expect(
          isOwn || words.contains { $0.columns > columns / 3 && $0.contains(part) }, "\(command): \(part) in \(line)")
      }
    }
  }

  /// A pipe takes no notice of a terminal's width.
  @Test func pipesIgnoreColumns() async {
    for command in Self.commands.prefix(3) {
      let run = await CapturedRun(command, environment: ["COLUMNS": "60"])
      #expect(await CapturedRun(command).output == run.output)
    }
    let asked = await CapturedRun(["models"], environment: ["COLUMNS": "60"], columns: 180)
    #expect(asked.output.split(separator: "\n").allSatisfy { $0.columns <= 60 }, "COLUMNS comes before the terminal")
  }

  @Test func notesAndHelpFit() async {
    let note = await CapturedRun(["inspect", "qwen2.5-7b-instruct-of-somebody-elses-making-and-naming"], columns: 60)
    #expect(note.status == 2)
    #expect(note.error.split(separator: "\n").allSatisfy { $0.columns <= 60 || !$0.dropFirst(2).contains(" ") })
    let help = await CapturedRun(["check", "--help"], columns: 72)
    #expect(help.output.split(separator: "\n").filter { $0.columns > 72 }.count < 6, "only examples are wider")
  }

  @Test func wideCharactersTakeTwoColumns() {
    #expect("位置插值".columns == 8 && "YaRN θ′".columns == 7 && "e\u{301}".columns == 1)
    let lines = TextLayout(columns: 60).prose(String(repeating: "旋转位置编码", count: 20) + "。")
    #expect(lines.count > 3 && lines.allSatisfy { $0.columns <= 60 } && !lines.contains { $0.hasPrefix("。") })
    #expect(lines.joined().count == 121)
  }

  @Test func tablesGiveWayInOrder() {
    let table = TextTable(
      columns: [("name", .left), ("what it does", .left), ("number of it", .right), ("remark", .left)],
      rows: [["first", String(repeating: "some words ", count: 8), "12,345", String(repeating: "more ", count: 12)]],
      optional: ["remark"])
    func lines(_ columns: Int) -> [Substring] { table.text(in: TextLayout(columns: columns)).split(separator: "\n") }
    #expect(lines(200).count == 3 && lines(200)[0].contains("remark"))
    #expect(lines(60).contains { $0.contains("wider terminal shows remark") } || lines(60)[0].contains("remark"))
    #expect(table.text == table.text(in: .plain) && !table.text.contains("wider"))
    let wide = TextTable(
      columns: [("a", .left), ("b", .left)],
      rows: [[String(repeating: "x", count: 40), String(repeating: "y", count: 40)]])
    #expect(wide.text(in: TextLayout(columns: 60)).contains("\n  b: yyy"), "too wide to stand side by side")
  }

  @Test func longWorkTellsOfItself() async {
    let command = ["analyse", "llama-3.1-8b", "--target", "256k"]
    let run = await CapturedRun(command, columns: 80)
    #expect(run.error.contains("\r\u{1B}[K") && run.error.contains("computing"))
    #expect(run.error.hasSuffix("\r\u{1B}[K"), "and wipes it away")
    #expect(await CapturedRun(command + ["-q"], columns: 80).error.isEmpty)
    #expect(await CapturedRun(command).error.isEmpty)
    #expect(await CapturedRun(command, environment: ["CI": "true"], columns: 80).error.isEmpty)
  }

  // MARK: What comes first

  @Test func differencesBeginWithTheKeys() async throws {
    let run = await CapturedRun(["diff", "qwen2.5-7b", "llama-3-8b"])
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.first?.hasPrefix("value") == true && lines.contains { $0.hasPrefix("base ") && $0.contains("500000") })
    #expect(run.output.contains("8 of 63 pairs") && lines.count < 30)
    #expect(await CapturedRun(["diff", "qwen2.5-7b", "llama-3-8b", "--all"]).output.split(separator: "\n").count > 70)
    let json = await CapturedRun(["diff", "qwen2.5-7b", "llama-3-8b", "--format", "json"])
    let keys = try #require(json.json?["keys"] as? [[String: Any]])
    let base = try #require(keys.first { $0["key"] as? String == "base" })
    #expect(base["first"] as? Double == 1_000_000 && base["second"] as? Double == 500_000)
    #expect(
      await CapturedRun(["diff", "qwen2.5-7b", "qwen2.5-7b", "--format", "json"]).json?["keys"] as? [String] == [])
  }

  @Test func provenanceWaitsToBeAsked() async {
    let short = await CapturedRun(["parity", "qwen2.5-7b"])
    let long = await CapturedRun(["parity", "qwen2.5-7b", "--verbose"])
    #expect(!short.output.contains("commit ") && long.output.contains("commit "))
    let json = await CapturedRun(["parity", "qwen2.5-7b", "--format", "json"])
    #expect(json.output.contains("commit "), "data keeps it")
  }

  @Test func everyKeyIsExplained() async {
    for key in ConfigurationKey.all {
      for name in key.spellings {
        let page = await CapturedRun(["explain", name])
        #expect(page.status == 0 && page.output.contains(key.meaning), "\(name)")
      }
    }
    for name in ScalingKeys.all.map({ "rope_scaling.\($0)" }) + ["rope_parameters.factor", "rope.freq_base"] {
      #expect(await CapturedRun(["explain", name]).status == 0, "\(name)")
    }
    for term in ["K0", "K1", "K2", "K3", "Kq", "Kp", "phase-safe", "mean ratio", "needed factor", "θ′"] {
      #expect(await CapturedRun(["explain", term]).status == 0, "\(term)")
    }
  }

  @Test func versionIsACommand() async {
    let flag = await CapturedRun(["--version"]), command = await CapturedRun(["version"])
    #expect(command.status == 0 && command.output == flag.output)
    let json = await CapturedRun(["version", "--format", "json"])
    #expect(json.json?["version"] as? String == command.output.trimmed)
  }

  // MARK: Completion

  /// What a shell's script asks for: the option's own list for the word at the cursor.
  private func offered(_ command: String, _ name: String, _ word: String) async -> [String] {
    let words = ["ropescope", command, name, word]
    let run = await CapturedRun(
      ["---completion", command, "--", name, "3", String(word.count)] + words, environment: ["SAP_SHELL": "bash"])
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test func listsGoOnBehindCommas() async {
    #expect(await offered("parity", "--runtimes", "tran").contains("transformers"))
    let second = await offered("parity", "--runtimes", "transformers,v")
    #expect(second.contains("transformers,vllm") && second.allSatisfy { $0.hasPrefix("transformers,") })
    #expect(await offered("parity", "--runtimes", "vllm@0.1").contains { $0.hasPrefix("vllm@0.1") })
    #expect(await offered("analyse", "--methods", "none,ya").contains("none,yarn"))
    #expect(await offered("analyse", "--methods", "ntk:factor=2,").contains("ntk:factor=2,yarn"))
    #expect(await offered("analyse", "--methods", "yarn:beta").contains("yarn:beta_fast="))
    #expect(await offered("analyse", "--methods", "yarn:factor=2,beta").contains("yarn:factor=2,beta_fast="))
    #expect(await offered("analyse", "--methods", "ntk+self").contains("ntk+self-extend"))
    let rules = await offered("check", "--select", "head-dim-odd,head")
    #expect(rules.contains("head-dim-odd,head-dim-indivisible") && !rules.contains("head-dim-odd,head-dim-odd"))
  }
}
