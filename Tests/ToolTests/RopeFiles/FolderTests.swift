import Foundation
import RopeFiles
import RopeTestSupport
import Testing

/// A report's folder is exchanged whole, and what its user added stays.
@Suite struct FolderTests {
  private let folder: ScratchFolder
  private static let manifest = ".ropescope.json"

  init() throws { folder = try ScratchFolder() }

  @discardableResult
  private func write(_ files: [String: String], to name: String = "out") throws -> [String] {
    var outputs = Outputs(tables: ["a,b"])
    try outputs.add(folder: folder[name], files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
    return try outputs.commit()
  }

  @Test func aFolderAppearsWhole() throws {
    try write(["report.html": "1", "figures/a.pdf": "1"], to: "deep/out")
    #expect(folder.text("deep/out/figures/a.pdf") == "1" && folder.entries(in: "deep") == ["out"])
    #expect(folder.status("deep/out").st_mode & 0o777 == folder.status("deep").st_mode & 0o777)
    #expect(throws: OutputError.self) { try write(["report.html": "1"], to: "no/such/out") }
    #expect(!folder.has("no"))
    try folder.write("a file", "file")
    #expect(throws: OutputError.self) { try write(["report.html": "1"], to: "file") }
  }

  /// The same run again gives the same bytes, its manifest too.
  @Test func theSameFilesGiveTheSameFolder() throws {
    for name in ["one", "two", "two"] { try write(["report.html": "1", "data/a.csv": "a,b\n"], to: name) }
    #expect(folder.text("one/" + Self.manifest) == folder.text("two/" + Self.manifest))
    #expect(folder.entries(in: "one") == [Self.manifest, "data", "report.html"])
  }

  @Test func anEarlierRunGoesAndItsUserStays() throws {
    try write(["report.html": "1", "figures/a.pdf": "1", "figures/b.pdf": "1", "old/c.pdf": "1", "figures/d.svg": "1"])
    chmod(folder["out"], 0o750)
    chmod(folder["out/report.html"], 0o600)
    try folder.write("mine", "out/figures/mine.txt")
    try folder.write("mine", "out/notes/deep/mine.txt")
    try folder.write("edited", "out/figures/d.svg")
    try folder.link("out/latest", to: "report.html")
    let before = folder.status("out").st_ino
    let notes = try write(["report.html": "2", "figures/a.pdf": "2"])
    #expect(folder.status("out").st_ino != before, "exchanged")
    #expect(folder.text("out/report.html") == "2" && folder.text("out/figures/a.pdf") == "2")
    #expect(folder.entries(in: "out") == [Self.manifest, "figures", "latest", "notes", "report.html"])
    #expect(folder.entries(in: "out/figures") == ["a.pdf", "d.svg", "mine.txt"])
    #expect(folder.text("out/figures/d.svg") == "edited" && folder.text("out/notes/deep/mine.txt") == "mine")
    #expect(folder.isLink("out/latest") && folder.text("out/latest") == "2")
    #expect(folder.status("out").st_mode & 0o777 == 0o750 && folder.status("out/report.html").st_mode & 0o777 == 0o600)
    #expect(notes.count == 2 && notes[0].hasPrefix("removed 2 files") && notes[1].contains("2 other files"), "\(notes)")
    #expect(folder.entries == ["out"])
  }

  /// A folder with other things in it keeps its identity: a home folder is not exchanged.
  @Test func aUsersFolderIsWrittenInto() throws {
    try folder.write("mine", "home/mine.txt")
    let before = folder.status("home").st_ino
    for round in ["1", "2"] { try write(["report.html": round, "figures/\(round).pdf": round], to: "home") }
    #expect(folder.status("home").st_ino == before && folder.text("home/mine.txt") == "mine")
    #expect(folder.entries(in: "home") == [Self.manifest, "figures", "mine.txt", "report.html"])
    #expect(folder.entries(in: "home/figures") == ["2.pdf"])
    #expect(folder.entries == ["home"])
  }

  @Test func linksInAFolderAreNotWrittenThrough() throws {
    try folder.write("victim", "elsewhere/a.pdf")
    try FileManager.default.createDirectory(atPath: folder["out"], withIntermediateDirectories: true)
    try folder.link("out/figures", to: folder["elsewhere"])
    let error = #expect(throws: OutputError.self) { try write(["report.html": "1", "figures/a.pdf": "1"]) }
    #expect(error?.reason.contains("leads out of") == true && folder.text("elsewhere/a.pdf") == "victim")
    #expect(folder.entries(in: "out") == ["figures"])
    // One that stays inside does.
    unlink(folder["out/figures"])
    try FileManager.default.createDirectory(atPath: folder["out/drawn"], withIntermediateDirectories: true)
    try folder.link("out/figures", to: "drawn")
    try write(["report.html": "1", "figures/a.pdf": "1"])
    #expect(folder.text("out/drawn/a.pdf") == "1" && folder.isLink("out/figures"))
    // The folder itself may be one: its user named it.
    try folder.link("named", to: "out")
    try write(["report.html": "2", "figures/a.pdf": "2"], to: "named")
    #expect(folder.isLink("named") && folder.text("out/report.html") == "2" && folder.isLink("out/figures"))
  }

  @Test func inputsAndForeignDataInAFolderAreNotReplaced() throws {
    try folder.write(#"{"mine": 1}"#, "out/run.json")
    #expect(throws: OutputError.self) { try write(["run.json": "{}"]) }
    try folder.write(#"{"schema": "ropescope.run/1"}"#, "out/run.json")
    let outputs = Outputs(inputs: [folder["out/run.json"]])
    #expect(throws: OutputError.self) { try outputs.expect(["run.json"], in: folder["out"]) }
    #expect(throws: OutputError.self) { try Outputs(inputs: [folder["out"]]).expect([], in: folder["out/"]) }
    try write(["run.json": "{}"])
    #expect(folder.text("out/run.json") == "{}")
  }

  @Test func aFolderOfOnesOwnHoldsNothingElse() throws {
    try folder.write("old", "case/old.txt")
    try Outputs.replace(folder: folder["case"], [("figures/new.txt", [65])])
    #expect(folder.entries(in: "case") == ["figures"] && folder.entries == ["case"])
    // A link in its place goes; what it leads to does not.
    try folder.write("victim", "victim/keep.txt")
    try folder.link("linked", to: "victim")
    try Outputs.replace(folder: folder["linked"], [("new.txt", [65])])
    #expect(!folder.isLink("linked") && folder.entries(in: "victim") == ["keep.txt"])
    #expect(folder.entries == ["case", "linked", "victim"])
  }

  @Test func foldersAreReadWithoutLinks() throws {
    try folder.write("x", "case/a/x.txt")
    #expect(try FolderContent.read(folder["case"]).map(\.path) == ["a/x.txt"])
    try folder.link("link", to: "case")
    #expect(throws: OutputError.self) { try FolderContent.read(folder["link"]) }
    try folder.link("case/a/passwd", to: "/etc/passwd")
    #expect(throws: OutputError.self) { try FolderContent.read(folder["case"]) }
  }
}
