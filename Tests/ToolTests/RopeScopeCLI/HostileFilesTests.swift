import Foundation
import RopeTestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Files that did harm once: each ends in its time, in a sentence, and nothing of it reaches a terminal or a log as an
/// order.
@Suite struct HostileFilesTests {
  private static let files =
    (try? Fixtures.names(in: "hostile").filter { name in
      [".json", ".toml", ".yml", ".yaml", ".py"].contains { name.hasSuffix($0) }
    }) ?? []

  private static func path(_ name: String) -> String { Fixtures.url("hostile/" + name).path }

  /// What a log's reader may not meet: anything hidden, and lines that a runner obeys.
  private static func faults(_ text: String, ownCommands: Bool = false) -> [String] {
    var faults: [String] = []
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      for scalar in line {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          faults.append("hidden U+\(String(scalar.value, radix: 16))")
        default: break
        }
      }
      let start = String(String.UnicodeScalarView(line.drop { $0.properties.isWhitespace }.prefix(60)))
      let isOwn =
        ownCommands
        && ["error", "warning", "notice"].contains {
          start.hasPrefix("::\($0) file=/") || start.hasPrefix("::\($0) file=hostile")
        }
      if start.unicodeScalars.starts(with: "::".unicodeScalars), !isOwn { faults.append("command: \(start)") }
    }
    return faults
  }

  private static func seconds(_ start: ContinuousClock.Instant) -> Double {
    let passed = ContinuousClock.now - start
    return Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
  }

  @Test(arguments: files)
  func checkedInEveryFormat(name: String) async {
    let start = ContinuousClock.now
    for format in ["text", "concise", "json", "sarif", "github", "junit", "markdown"] {
      for colour in ["never", "always"] where format == "text" || colour == "never" {
        let run = await CapturedRun(["check", Self.path(name), "--format", format, "--color", colour])
        #expect([0, 1, 2].contains(run.status))
        var text = run.output
        if colour == "always" {
          // Our own colours and nothing else.
          text = text.replacing(/\u{1B}\[(0|31;1|33;1|36;1)m/, with: "")
        }
        #expect(Self.faults(text, ownCommands: format == "github") == [], "\(name) \(format)")
        #expect(Self.faults(run.error) == [])
        switch format {
        case "junit": #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name)")
        case "json", "sarif": #expect(run.json != nil, "\(name)")
        case "markdown":
          let rows = text.unicodeScalars.split(separator: "\n").filter { $0.first == "|" }.map {
            String(String.UnicodeScalarView($0))
          }
          for row in rows {
            #expect(row.replacing("\\|", with: "").utf8.filter { $0 == UInt8(ascii: "|") }.count == 5, "\(row)")
          }
        default: break
        }
      }
    }
    // Eight runs of a debug build on a busy machine; each was minutes or for ever.
    #expect(Self.seconds(start) < 60)
  }

  @Test func oneBadFileDoesNotHideTheOthers() async throws {
    let folder = try TemporaryFolder()
    for name in Self.files {
      try FileManager.default.copyItem(atPath: Self.path(name), toPath: folder.path + "/" + name)
    }
    _ = try folder.file(
      "good.json",
      #"{"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 0.5}}"#
    )
    let run = await CapturedRun(["check", folder.path, "--format", "json"])
    let files = (run.json?["files"] as? [[String: Any]]) ?? []
    let good = files.first { ($0["path"] as? String)?.hasSuffix("/good.json") == true }
    #expect((good?["findings"] as? [Any])?.isEmpty == false)
    #expect(Self.faults(run.output) == [])
  }

  /// Keys, types and paths that carry orders, in every command that prints them.
  @Test func commandsPrintNothingOfAFileAsItIs() async throws {
    let folder = try TemporaryFolder()
    let text = #"""
      {"model_type": "llama\u001b[31m\r\n::error::m\u202e", "architectures": ["X\u0085\n##[error]a"], "hidden_size": 4096,
       "num_attention_heads": 32, "num_hidden_layers": 2, "max_position_embeddings": 4096, "rope_theta": 10000.0,
       "rope_scaling": {"rope_type": "linear", "factor": 2.0, "k\r\n::add-mask::x": "\u001b]0;t\u0007\u2028", "\"\u0301<b>\u0338": 1}}
      """#
    for name in ["config.json", "a\u{1B}[31mb.json", "x\n::error::p.json", "::error::q.json"] {
      let file = try folder.file(name, text)
      let commands = [
        ["inspect", file], ["inspect", file, "--format", "json"], ["parity", file],
        ["parity", file, "--format", "json"],
        ["suggest", file, "--target", "16k"], ["suggest", file, "--target", "16k", "--format", "json"],
        ["convert", file, "--to", "vllm"],
        ["convert", file, "--to", "axolotl"], ["prepare", file, "--target", "16k", "--train", "trl"],
        ["prepare", file, "--target", "16k", "--format", "json"],
        ["diff", file, "llama-3-8b"], ["analyse", file, "--methods", "none", "--only", "wavelength"],
        ["inspect", file + "x"],
        ["inspect", file, "--method", "yarn:a\u{1B}=1"], ["check", file, "--runtime", "v\u{1B}x\u{202E}"],
        ["check", file], ["check", file, "--diff"],
        ["check", file, "--verbose", "--format", "concise"], ["explain", "a\r\n::error::b"], ["results", file],
        ["render", file],
      ]
      for command in commands {
        let run = await CapturedRun(command)
        #expect(Self.faults(run.output) == [] && Self.faults(run.error) == [], "\(command)")
        if command.contains("json") && command.contains("--format"), run.status < 2 {
          #expect(run.json != nil, "\(command)")
        }
      }
    }
  }

  @Test func formulasOfMeasurementsAreDisarmed() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(
      [
        "figure", "loss-by-position", "llama-2-7b", "--measured", Self.path("formula.csv"), "-o",
        folder.path + "/l.svg", "-q",
      ])
    #expect(run.status == 0, "\(run.error)")
    let csv = try String(contentsOfFile: folder.path + "/l.csv", encoding: .utf8)
    for line in csv.split(separator: "\n") {
      // By bytes: no mark hides a quote.
      var cells: [[UInt8]] = [[]]
      var isQuoted = false
      for byte in line.utf8 {
        if byte == UInt8(ascii: "\"") {
          isQuoted.toggle()
        } else if byte == UInt8(ascii: ","), !isQuoted {
          cells.append([])
        } else {
          cells[cells.count - 1].append(byte)
        }
      }
      #expect(cells.count == 10 && !isQuoted, "\(line)")
      for cell in cells {
        #expect(
          !"=@+-".utf8.contains(cell.first ?? 0) || Double(String(decoding: cell, as: UTF8.self)) != nil, "\(line)")
      }
    }
    #expect(csv.contains("'=1+1"))
  }

  /// The scripts are run by bash and make with a program that prints its arguments in place of ropescope.
  @Test func scriptsRunNothingOfANamesTheyHold() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("p'\u{301}$(touch PWNED)'\u{301}.yaml", "models: [llama-2-7b]\ntargets: [8k]\n")
    let output = folder.path + "/o'\u{301}$(touch${IFS}PWNED);touch PWNED_MAKE;'\u{301}"
    let echo = try folder.file("echo.sh", "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: echo)
    for (emission, shell) in [("slurm", ["/bin/bash", "SCRIPT"]), ("make", ["/usr/bin/make", "-f", "SCRIPT"])] {
      guard FileManager.default.isExecutableFile(atPath: shell[0]) else { continue }
      let run = await CapturedRun(["batch", plan, "--emit", emission, "--shards", "1", "-o", output])
      #expect(run.status == 0, "\(run.error)")
      let script = try folder.file("job." + emission, run.output)
      let process = Process(), pipe = Pipe()
      process.executableURL = URL(fileURLWithPath: shell[0])
      process.arguments = shell.dropFirst().map { $0 == "SCRIPT" ? script : $0 }
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      process.environment = ["ROPESCOPE": echo, "SLURM_ARRAY_TASK_ID": "1", "PATH": "/usr/bin:/bin"]
      process.standardOutput = pipe
      try process.run()
      let printed = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      // The exact words arrive; compared by bytes, since Foundation may compose the marks.
      #expect(
        printed.range(of: Data((plan + "\n").utf8)) != nil, "\(emission): \(String(decoding: printed, as: UTF8.self))")
      #expect(printed.range(of: Data(output.utf8)) != nil)
      #expect(!folder.files.contains { $0.hasPrefix("PWNED") }, "\(emission)")
    }
  }

  // MARK: Budgets

  /// - Parameter bytes: a small file whose claims are large.
  private func inspect(_ bytes: [UInt8], size: UInt64? = nil) async throws -> CapturedRun {
    let folder = try TemporaryFolder()
    let path = folder.path + "/model.gguf"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    if let size { #expect(truncate(path, Int(size)) == 0) }
    return await CapturedRun(["inspect", path])
  }

  private static func gguf(_ extra: [(String, GGUFWriter.Value)]) -> [UInt8] {
    var writer = GGUFWriter()
    writer.metadata =
      [
        ("general.architecture", .text("llama")), ("llama.block_count", .uint32(2)),
        ("llama.context_length", .uint32(4096)),
        ("llama.embedding_length", .uint32(128)), ("llama.attention.head_count", .uint32(2)),
      ].filter { entry in !extra.contains { $0.0 == entry.0 } } + extra
    return writer.bytes
  }

  @Test func listsOfGGUFCostNothing() async throws {
    let start = ContinuousClock.now
    let count: UInt64 = 200_000_000
    func words(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    for (key, type) in [("llama.attention.sliding_window_pattern", UInt8(7)), ("llama.attention.head_count", 0)] {
      // The list is the last thing before a hole that holds its entries.
      let bytes = Self.gguf([(key, .raw(9, [type, 0, 0, 0] + words(count)))])
      let run = try await inspect(bytes, size: count + 4096)
      #expect(run.status == 2 && run.error.contains("one a layer"), "\(run.error)")
    }
    // 100 GB of empty texts, nothing of it on the disk.
    let bytes = Self.gguf([("tokenizer.ggml.tokens", .raw(9, [8, 0, 0, 0] + words(12_000_000_000)))])
    let run = try await inspect(bytes, size: 100_000_000_000)
    #expect(run.status == 2 && run.error.contains("expected at most 16777216"), "\(run.error)")
    #expect(Self.seconds(start) < 10)
  }

  @Test func aNameOfOneCharacterIsCut() async throws {
    let folder = try TemporaryFolder()
    let giant = "a" + String(repeating: "\u{301}", count: 400_000)
    let file = try folder.file(
      "config.json",
      "{\"model_type\": \"\(giant)\", \"hidden_size\": 4096, \"num_attention_heads\": 32, \"max_position_embeddings\": 4096}"
    )
    let start = ContinuousClock.now
    for command in [["inspect", file], ["check", file]] {
      let run = await CapturedRun(command)
      #expect(run.output.utf8.count + run.error.utf8.count < 20_000)
    }
    #expect(Self.seconds(start) < 60)
  }

  @Test func tablesOfManyMethodsOrLengthsAreRefused() async throws {
    let folder = try TemporaryFolder()
    let start = ContinuousClock.now
    let passkey = "method,length,depth,correct,trials\n" + (1...100_000).map { "yarn,\($0),0.5,1,2\n" }.joined()
    let methods = "method,position,nll\n" + (1...8_000).map { "m\($0),256,3\nm\($0),512,3\n" }.joined()
    for (kind, text) in [("passkey-map", passkey), ("loss-by-position", methods)] {
      let file = try folder.file("m.csv", text)
      let run = await CapturedRun(["figure", kind, "llama-2-7b", "--measured", file, "-o", folder.path + "/f.svg"])
      #expect(run.status == 2 && run.error.contains("at most"), "\(run.error)")
    }
    #expect(Self.seconds(start) < 60)
  }

  @Test func reportsOfImpossibleHeadsAreRefused() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(
      ["report", "--head-dim", "65536", "--trained-length", "4k", "--target", "8k", "-o", folder.path + "/out"])
    #expect(run.status == 2 && run.error.contains("at most 4096"), "\(run.error)")
    #expect(folder.files.isEmpty)
  }

  @Test func addedTokensHaveALimit() async throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "a", count: 20_000)
    _ = try folder.file(
      "tokenizer.json",
      #"{"added_tokens": [{"id": 3, "content": "\#(long)Z", "special": true}], "pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "aa": 2}, "merges": ["a a"]}}"#
    )
    let run = await CapturedRun(["tokenize", folder.path, "--text", try folder.file("a.txt", long)])
    #expect(run.status == 2 && run.error.contains("at most 256"), "\(run.error)")
  }

  /// Much of what is read one by one elsewhere.
  @Test func manyKeysAndLongValuesEnd() async throws {
    let folder = try TemporaryFolder()
    let start =
      #"{"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, "#
    let texts = [
      start + #""rope_scaling": {"rope_type": "yarn", "factor": 4.0"# + (0..<10_000).map { ", \"zz\($0)\": 1" }.joined()
        + "}}",
      start + #""rope_parameters": {"#
        + (0..<4_000).map { "\"layer\($0)\": {\"rope_type\": \"yarn\", \"factor\": 2, \"zz\": 1}" }.joined(
          separator: ", ") + "}}",
      start + (0..<10_000).map { "\"rope_zz\($0)\": 1" }.joined(separator: ", ") + "}",
      start + #""rope_scaling": {"rope_type": ""# + String(repeating: "y", count: 200_000) + #"", "factor": 2}}"#,
      start + #""rope_theta": ""# + String(repeating: "y\u{301}", count: 50_000) + #""}"#,
    ]
    let clock = ContinuousClock.now
    for text in texts {
      let file = try folder.file("config.json", text)
      for command in [["check", file], ["inspect", file]] {
        let run = await CapturedRun(command)
        #expect(run.output.utf8.count + run.error.utf8.count < 200_000, "\(text.prefix(150)) \(command)")
      }
    }
    #expect(Self.seconds(clock) < 120)
  }

  @Test func aPlansPatternEnds() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("p.yaml", "models: ['/*/*/*/*/*/*.json']\ntargets: [8k]\n")
    let start = ContinuousClock.now
    let run = await CapturedRun(["batch", plan, "--dry-run", "-o", folder.path + "/o"])
    #expect(run.status == 2, "\(run.error)")
    #expect(Self.seconds(start) < 20)
  }

  @Test(arguments: [
    ("justfile", "serve:\n  vllm serve m " + String(repeating: "{{", count: 300_000) + "\n"),
    (
      "ecosystem.config.js",
      "module.exports = { apps: [" + String(repeating: "{a:1,},", count: 120_000)
        + "{script: 'vllm', args: 'serve m'}] }\n"
    ),
  ])
  func textsAreRewrittenInTime(name: String, text: String) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(name, text)
    let start = ContinuousClock.now
    let run = await CapturedRun(["check", file])
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(Self.seconds(start) < 20)
  }

  @Test(arguments: ["**/**/**/**/**/**/**/**/**/b.json", "a*a*a*a*a*a*a*a*a*a*b"])
  func patternsAreMatchedInTime(pattern: String) async throws {
    let folder = try TemporaryFolder()
    let deep = folder.path + "/" + (0..<24).map { "d\($0)/" }.joined() + String(repeating: "a", count: 60)
    try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
    let config = try Data(
      contentsOf: Fixtures.url("hostile/suppress-redos/" + String(repeating: "a", count: 60) + ".json"))
    try config.write(to: URL(fileURLWithPath: deep + "/" + String(repeating: "a", count: 60) + ".json"))
    let settings = try folder.file(
      "ropescope.toml", "[[check.suppress]]\nrule = \"rope-key-unrecognised\"\nreason = \"x\"\npath = \"\(pattern)\"\n")
    _ = try folder.file(".gitignore", pattern + "\n")
    let start = ContinuousClock.now
    let run = await CapturedRun(["check", folder.path, "--settings", settings])
    #expect(run.status == 0 && run.output.contains("rope-key-unrecognised"), "\(run.output)")
    #expect(Self.seconds(start) < 5)
  }
}
