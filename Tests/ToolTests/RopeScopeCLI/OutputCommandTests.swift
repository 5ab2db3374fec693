import Foundation
import RopeTestSupport
import Testing

/// What commands write, and what they must not.
@Suite struct OutputCommandTests {
  private let folder: TemporaryFolder
  private let measured = "method,length,score\nnone,4k,90\nnone,16k,3\n"

  init() throws {
    folder = try TemporaryFolder()
    for name in ["model.json", "wavelength.json"] {
      try FileManager.default.copyItem(
        atPath: Fixtures.url("configs/phi-2.json").path, toPath: folder.path + "/" + name)
    }
    _ = try folder.file("ruler.csv", measured)
  }

  private func text(_ name: String) -> String {
    (try? String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)) ?? ""
  }

  private func mode(_ name: String) -> Int {
    var status = stat()
    lstat(folder.path + "/" + name, &status)
    return Int(status.st_mode & 0o7777)
  }

  private func isLink(_ name: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/" + name)) != nil
  }

  /// Nothing of this is computed, and every file is as it was.
  @Test func inputsAreNeverOutputs() async throws {
    let path = folder.path
    try FileManager.default.createSymbolicLink(atPath: path + "/link.json", withDestinationPath: "model.json")
    link(path + "/ruler.csv", path + "/hard.csv")
    _ = try folder.file("serve.json", "vllm serve \(path)/model.json --max-model-len 8192")
    _ = try folder.file("moments.json", "{}")
    _ = try folder.file("numbers.json", "[1, 2]")
    try FileManager.default.createDirectory(atPath: path + "/m", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: path + "/model.json", toPath: path + "/m/config.json")
    let before = folder.files.map { ($0, text($0)) }
    let model = path + "/model.json", target = ["--target", "8k"]
    for arguments in [
      ["figure", "score-by-length", model, "--measured", path + "/ruler.csv", "-o", path + "/ruler.pdf"] + target,
      ["figure", "score-by-length", model, "--measured", path + "/hard.csv", "-o", path + "/ruler.pdf", "--force"]
        + target,
      ["figure", "wavelength", path + "/wavelength.json", "-o", path + "/wavelength.pdf"] + target,
      ["inspect", model, "--format", "json", "-o", model], ["inspect", model, "-o", path + "/link.json"],
      ["inspect", path + "/link.json", "-o", model],
      ["inspect", path + "/m", "-o", path + "/m/config.json", "--force"],
      ["analyse", model, "--statistics", path + "/moments.json", "-o", path + "/moments.json"] + target,
      ["inspect", model, "--command", "@\(path)/serve.json", "-o", path + "/serve.json"],
      ["inspect", "--command", "vllm serve \(path)/model.json", "-o", model],
      ["inspect", model, "--method", "longrope:long_factor=@\(path)/numbers.json", "-o", path + "/numbers.json"],
      ["parity", model, "-o", model], ["check", model, "--format", "json", "-o", model],
      ["check", path, "--format", "json", "-o", path + "/m/config.json", "--force"],
      ["check", model, "--write-baseline", model],
      ["check", model, "--command", "@\(path)/serve.json", "-o", path + "/serve.json"],
      ["report", path + "/m", "-o", path + "/m"] + target,
      ["inspect", model, "-o", path + "/x.json", "--export", model],
    ] {
      let run = await CapturedRun(arguments)
      #expect(
        run.status == 2 && (run.error + run.output).contains("cannot write: "),
        "\(arguments): \(run.status) \(run.error)")
    }
    for (name, content) in before { #expect(text(name) == content, "\(name)") }
    #expect(folder.files == before.map(\.0))
  }

  @Test func othersDataIsOnlyReplacedByForce() async throws {
    let path = folder.path
    let arguments = ["figure", "wavelength", "qwen2.5-7b", "--methods", "none", "--target", "64k", "-q", "-o"]
    let foreign = await CapturedRun(arguments + [path + "/ruler.pdf"])
    #expect(
      foreign.status == 2 && foreign.error.contains("--force") && text("ruler.csv") == measured, "\(foreign.error)")
    #expect(!folder.files.contains("ruler.pdf") && !folder.files.contains("ruler.json"), "nothing of the set")
    _ = try folder.file("paper.tex", "\\documentclass{article}")
    #expect(await CapturedRun(arguments + [path + "/paper.pdf", "--latex"]).status == 2)
    // Its own files it knows.
    for _ in 0..<2 { #expect(await CapturedRun(arguments + [path + "/own.pdf", "--latex"]).status == 0) }
    #expect(await CapturedRun(arguments + [path + "/ruler.pdf", "--force"]).status == 0)
    #expect(text("ruler.csv").hasPrefix("name,series,method"))
    for again in [
      ["inspect", "qwen2.5-7b", "--format", "json", "-o", path + "/i.json", "--export", path + "/t.npz"],
      ["inspect", "qwen2.5-7b", "--at", "64", "-o", path + "/i.txt", "--export", path + "/t.safetensors"],
      [
        "analyse", "qwen2.5-7b", "--target", "64k", "--methods", "none", "--only", "wavelengths", "--format", "csv",
        "-o", path + "/a.csv",
      ],
      ["check", path, "--format", "sarif", "-o", path + "/s.json"],
      ["check", path, "--format", "json", "-o", path + "/c.json"],
      ["check", path, "--write-baseline", path + "/b.json"],
      ["attend", Fixtures.url("tensors/qkv.safetensors").path, "-o", path + "/o.safetensors"],
    ] {
      for round in 1...2 {
        let run = await CapturedRun(again + ["-q"])
        #expect(run.status < 2, "\(again) round \(round): \(run.error)")
      }
    }
    let study = await CapturedRun([
      "evaluate", "study", "smollm2-135m", "--measured", path + "/ruler.csv", "-o", path + "/README",
    ])
    #expect(study.status == 2)
  }

  @Test func mendedFilesKeepWhatTheyWere() async throws {
    let broken =
      #"{"head_dim": 128, "max_position_embeddings": 16384, "rope_scaling": {"type": "linear", "factor": 4.0}}"#
    let path = folder.path
    for name in ["tree/in.json", "outside.json"] {
      try FileManager.default.createDirectory(atPath: path + "/tree", withIntermediateDirectories: true)
      _ = try folder.file(name, broken)
    }
    chmod(path + "/tree/in.json", 0o640)
    try FileManager.default.createSymbolicLink(atPath: path + "/tree/link.json", withDestinationPath: "../outside.json")
    let outside = text("outside.json"), inside = text("tree/in.json")
    let run = await CapturedRun(["check", path + "/tree", "--fix"])
    #expect(
      run.status == 2 && run.error.contains("link.json: cannot write: this is a link that leads out of"),
      "\(run.status) \(run.error)")
    #expect(text("outside.json") == outside && text("tree/in.json") != inside && mode("tree/in.json") == 0o640)
    // Named by its user, the link is written through.
    let named = await CapturedRun(["check", path + "/tree/link.json", "--fix"])
    #expect(named.status < 2 && text("outside.json") != outside && isLink("tree/link.json"), "\(named.error)")
  }

  @Test func onlyTheLastFolderIsMade() async throws {
    let path = folder.path
    for arguments in [
      ["inspect", "smollm2-135m", "-o", path + "/no/such/x.json"],
      ["report", "smollm2-135m", "--target", "16k", "-o", path + "/no/such/out"],
      ["figure", "wavelength", "smollm2-135m", "--target", "16k", "-o", path + "/no/such/x.pdf"],
      ["batch", Fixtures.url("plans/two.yaml").path, "-o", path + "/no/such/out"],
    ] {
      let run = await CapturedRun(arguments)
      #expect(
        run.status == 2 && run.error.contains("the folder “\(path)/no” does not exist"), "\(arguments): \(run.error)")
    }
    #expect(await CapturedRun(["inspect", "smollm2-135m", "-o", path + "/new/x.txt"]).status == 0)
    #expect(!folder.files.contains { $0.hasPrefix("no/") })
  }

  @Test func reportsTakeTheirFoldersPlace() async throws {
    let path = folder.path
    func report(_ methods: String, _ extra: [String] = []) async -> CapturedRun {
      await CapturedRun(
        ["report", "smollm2-135m", "--target", "16k", "--methods", methods, "-o", path + "/out"] + extra)
    }
    #expect(await report("none,self-extend").status == 0)
    #expect(folder.files.contains("out/figures/position-map.pdf"))
    _ = try folder.file("out/figures/mine.svg", "mine")
    let second = await report("none")
    #expect(
      second.status == 0 && second.error.contains("removed") && second.error.contains("1 other file"), "\(second.error)"
    )
    #expect(!folder.files.contains("out/figures/position-map.pdf") && text("out/figures/mine.svg") == "mine")
    // A record is made into the same folder, its own file too.
    let record = text("out/run.json")
    #expect(await CapturedRun(["render", path + "/out/run.json"]).status == 0)
    #expect(text("out/run.json") == record && text("out/figures/mine.svg") == "mine")
    // Another run's folder is not made into this one's.
    _ = try folder.file("other.json", record + " ")
    let other = await CapturedRun(["render", path + "/other.json", "-o", path + "/out"])
    #expect(other.status == 2 && other.error.contains("another run's record"), "\(other.error)")
    // A link in the folder leads nowhere.
    try FileManager.default.createDirectory(atPath: path + "/elsewhere", withIntermediateDirectories: true)
    try FileManager.default.removeItem(atPath: path + "/out/figures")
    try FileManager.default.createSymbolicLink(atPath: path + "/out/figures", withDestinationPath: path + "/elsewhere")
    let linked = await report("none")
    #expect(linked.status == 2 && linked.error.contains("link that leads out of"), "\(linked.error)")
    #expect(!folder.files.contains { $0.hasPrefix("elsewhere/") })
  }
}
