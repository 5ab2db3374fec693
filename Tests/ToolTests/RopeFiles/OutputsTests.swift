import Foundation
import RopeFiles
import RopeTestSupport
import Testing

/// Files are replaced whole, where they were asked for, and nowhere else.
@Suite struct OutputsTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func write(_ text: String, to name: String, force: Bool = false, inputs: [String] = []) throws {
    var outputs = Outputs(inputs: inputs.map { folder[$0] }, force: force, tables: ["a,b"])
    try outputs.add(Array(text.utf8), to: folder[name])
    try outputs.commit()
  }

  @Test func modeOfWhatStoodThereIsKept() throws {
    for mode in [0o600, 0o640, 0o755] {
      try folder.write("old", "f.txt")
      chmod(folder["f.txt"], mode_t(mode))
      try write("new", to: "f.txt")
      #expect(folder.text("f.txt") == "new" && folder.status("f.txt").st_mode & 0o777 == mode)
    }
    let mask = umask(0o027)
    umask(mask)
    try write("new", to: "fresh.txt")
    #expect(folder.status("fresh.txt").st_mode & 0o777 == 0o666 & ~mask)
    #expect(folder.entries == ["f.txt", "fresh.txt"])
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func ownerOfWhatStoodThereIsKept() throws {
    try folder.write("old", "f.txt")
    chown(folder["f.txt"], 12_345, 23_456)
    try write("new", to: "f.txt")
    #expect(folder.status("f.txt").st_uid == 12_345 && folder.status("f.txt").st_gid == 23_456)
  }

  @Test func linksStayAndTheirTargetIsWritten() throws {
    try folder.write("old", "inner/target.txt")
    try folder.link("link.txt", to: "inner/target.txt")
    try folder.link("again.txt", to: folder["link.txt"])
    try write("new", to: "again.txt")
    #expect(folder.text("inner/target.txt") == "new" && folder.isLink("again.txt") && folder.isLink("link.txt"))
    // A link that leads nowhere yet.
    try folder.link("open.txt", to: "inner/later.txt")
    try write("new", to: "open.txt")
    #expect(folder.text("inner/later.txt") == "new" && folder.isLink("open.txt"))
    try folder.link("circle", to: "circle")
    #expect(throws: OutputError.self) { try write("new", to: "circle") }
  }

  @Test func linksDoNotLeadOutOfAFolder() throws {
    try folder.write("old", "outside.json")
    try folder.write("old", "tree/inside.json")
    try folder.link("tree/out.json", to: "../outside.json")
    try folder.link("tree/in.json", to: "inside.json")
    try folder.link("tree/away", to: "..")
    var outputs = Outputs()
    for path in ["tree/out.json", "tree/away/outside.json"] {
      #expect(throws: OutputError.self) { try outputs.change([65], of: folder[path], inside: folder["tree"]) }
    }
    try outputs.change([65], of: folder["tree/in.json"], inside: folder["tree"])
    try outputs.commit()
    #expect(
      folder.text("outside.json") == "old" && folder.text("tree/inside.json") == "A" && folder.isLink("tree/in.json"))
  }

  @Test func devicesAndPipesAreWrittenInPlace() throws {
    mkfifo(folder["pipe"], 0o600)
    let reader = open(folder["pipe"], O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    try write("through", to: "pipe")
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &bytes, 64)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
    #expect(folder.status("pipe").st_mode & S_IFMT == S_IFIFO)
    try folder.link("nothing", to: "/dev/null")
    try write("gone", to: "nothing")
    var outputs = Outputs()
    try outputs.add([65], to: "/dev/null")
    try outputs.commit()
    var status = stat()
    #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    // The program's own descriptors: what the file holds already stays.
    let log = open(folder["log"], O_WRONLY | O_CREAT, 0o644)
    defer { close(log) }
    for text in ["one\n", "two\n"] {
      var outputs = Outputs()
      try outputs.add(Array(text.utf8), to: "/dev/fd/\(log)")
      try outputs.commit()
    }
    #expect(folder.text("log") == "one\ntwo\n")
    #if os(Linux)
      let full = #expect(throws: OutputError.self) {
        var outputs = Outputs()
        try outputs.add([65], to: "/dev/full")
        try outputs.commit()
      }
      #expect(full?.isDiskFull == true && full?.description == "cannot write: no space left on device")
    #endif
  }

  @Test func longNamesWork() throws {
    let name = String(repeating: "x", count: 251) + ".txt"
    try write("long", to: name)
    #expect(folder.text(name) == "long" && folder.entries == [name])
    let error = #expect(throws: OutputError.self) { try write("long", to: "x" + name) }
    #expect(error?.reason.contains("too long") == true)
  }

  /// Names that a killed run of ours might have: none of them is opened, followed or taken.
  @Test func plantedNamesAreNotFollowed() throws {
    try folder.write("victim", "victim")
    for process in 1...50 { try folder.link(".f.txt.partial-\(process)", to: "victim") }
    try folder.link(".ropescope-0123456789abcdef.tmp", to: "victim")
    try write("new", to: "f.txt")
    #expect(folder.text("victim") == "victim" && !folder.isLink("f.txt"))
    #expect(folder.isLink(".ropescope-0123456789abcdef.tmp"))
  }

  @Test func onlyOneFolderIsMade() throws {
    try write("new", to: "made/f.txt")
    #expect(folder.text("made/f.txt") == "new")
    let error = #expect(throws: OutputError.self) { try write("new", to: "not/there/f.txt") }
    #expect(error?.reason == "the folder “\(folder["not"])” does not exist" && !folder.has("not"))
    #expect(throws: OutputError.self) { try write("new", to: "made/f.txt/deeper") }
    for name in ["made", "made/", ".", "made/.."] { #expect(throws: OutputError.self) { try write("new", to: name) } }
  }

  @Test func inputsAreNotReplaced() throws {
    try folder.write(#"{"schema": "ropescope.perplexity/1"}"#, "in.json")
    try folder.link("link.json", to: "in.json")
    link(folder["in.json"], folder["hard.json"])
    for name in ["in.json", "link.json", "hard.json", "./in.json"] {
      let error = #expect(throws: OutputError.self) { try write("{}", to: name, force: true, inputs: ["in.json"]) }
      #expect(error?.reason.contains("the same command reads this") == true)
    }
    #expect(folder.text("in.json")?.contains("perplexity") == true)
  }

  @Test func foreignDataIsNotReplaced() throws {
    let foreign = [
      ("a.json", #"{"head_dim": 64}"#), ("b.json", #"{"x": {"schema": "ropescope.figure/1"}}"#), ("c.json", "[1, 2"),
      ("d.csv", "method,length,perplexity\nyarn,4k,7\n"), ("e.npz", "PK"), ("f.safetensors", "12345678{}"),
      ("g.json", #"{"note": "\"schema\": \"ropescope.run/1\""}"#), ("h.JSON", "{}"),
    ]
    for (name, text) in foreign {
      try folder.write(text, name)
      let error = #expect(throws: OutputError.self, "\(name)") { try write("new", to: name) }
      #expect(error?.reason.contains("--force") == true && folder.text(name) == text)
      try write("new", to: name, force: true)
      #expect(folder.text(name) == "new")
    }
    let own = [
      ("a.json", #"{"z": [{"schema": 1}, "}"], "schema": "ropescope.run/1"}"#), ("b.csv", "a,b\n1,2\n"), ("c.json", ""),
      ("d.txt", "anything"), ("e.pdf", "anything"),
    ]
    for (name, text) in own {
      try folder.write(text, name)
      try write("new", to: name)
      #expect(folder.text(name) == "new", "\(name)")
    }
    // A table beside the figure that it belongs to.
    try folder.write(#"{"schema": "ropescope.figure/1"}"#, "s.json")
    try folder.write("other columns\n", "s.csv")
    try write("new", to: "s.csv")
    #expect(folder.text("s.csv") == "new")
  }

  /// A name that its user never wrote has to be of the same kind.
  @Test func impliedNamesAreGuarded() throws {
    for (name, text) in [
      ("loss.json", #"{"schema": "ropescope.perplexity/1"}"#), ("loss.tex", "\\documentclass{article}"),
      ("loss.md", "# Mine"),
    ] {
      try folder.write(text, name)
      #expect(throws: OutputError.self, "\(name)") { try Outputs().expect(folder[name], isImplied: true) }
    }
    try folder.write(#"{"schema": "ropescope.figure/1"}"#, "loss.json")
    try folder.write("% \\usepackage{graphicx}\n\\begin{figure}\n  \\centering\n", "loss.tex")
    for name in ["loss.json", "loss.tex", "none.json"] { try Outputs().expect(folder[name], isImplied: true) }
  }

  @Test func aSetIsWrittenWholeOrNotAtAll() throws {
    for name in ["a.txt", "b.txt"] { try folder.write("old", name) }
    try FileManager.default.createDirectory(atPath: folder["c.txt"], withIntermediateDirectories: true)
    var outputs = Outputs()
    for name in ["a.txt", "b.txt"] { try outputs.add([65], to: folder[name]) }
    #expect(throws: OutputError.self) { try outputs.add([65], to: folder["c.txt"]) }
    #expect(throws: OutputError.self) { try outputs.add([66], to: folder["./a.txt"]) }
    try outputs.add([65], to: folder["d.txt"])
    // What comes in the way only after all was judged: the others are put back.
    try FileManager.default.createDirectory(atPath: folder["d.txt"], withIntermediateDirectories: true)
    #expect(throws: OutputError.self) { try outputs.commit() }
    #expect(folder.text("a.txt") == "old" && folder.text("b.txt") == "old")
    #expect(folder.entries == ["a.txt", "b.txt", "c.txt", "d.txt"])
    rmdir(folder["d.txt"])
    try outputs.commit()
    #expect(["a.txt", "b.txt", "d.txt"].allSatisfy { folder.text($0) == "A" })
    #expect(folder.entries == ["a.txt", "b.txt", "c.txt", "d.txt"])
  }

  @Test func linesAreAdded() throws {
    let path = folder["lines"]
    do {
      let file = try LineFile(path)
      try file.add([65])
    }
    try LineFile(path).add([66])
    #expect(folder.text("lines") == "A\nB\n")
    _ = try LineFile(folder["made/lines"])
    #expect(folder.has("made/lines"))
    mkfifo(folder["pipe"], 0o600)
    #expect(throws: OutputError.self) { try LineFile(folder["pipe"]) }
    #expect(throws: OutputError.self) { try LineFile(folder["not/there/lines"]) }
  }
}
