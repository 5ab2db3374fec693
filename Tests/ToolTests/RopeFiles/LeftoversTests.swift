import Foundation
import RopeFiles
import RopeTestSupport
import Testing

/// What a run that was killed at any moment leaves is finished or removed by the next one.
@Suite struct LeftoversTests {
  private let folder: ScratchFolder
  private static let name = ".ropescope-00000000000000ab.tmp"

  init() throws { folder = try ScratchFolder() }

  /// A set as it lies there before its first file takes its place.
  private func stage(_ files: [String: String], in place: String = "", seal lines: [String]?) throws {
    let base = (place.isEmpty ? "" : place + "/") + Self.name
    try FileManager.default.createDirectory(atPath: folder[base + "/files"], withIntermediateDirectories: true)
    for (name, text) in files { try folder.write(text, base + "/files/" + name) }
    guard let lines else { return }
    let status = folder.status(base + "/files")
    try folder.write((["\(status.st_dev) \(status.st_ino)"] + lines).joined(separator: "\n"), base + "/sealed")
  }

  @Test func withoutASealEverythingIsAsItWas() throws {
    try folder.write("old", "a.txt")
    try folder.write("half", ".ropescope-00000000000000cd.tmp")
    try stage(["a.txt": "new"], seal: nil)
    Outputs.sweep(folder.path)
    #expect(folder.entries == ["a.txt"] && folder.text("a.txt") == "old")
  }

  @Test func aSealedSetIsFinished() throws {
    // One file had taken its place, the other had not; one is of an earlier run.
    try folder.write("new", "a.txt")
    try folder.write("old", "b.txt")
    try folder.write("old", "figures/gone.pdf")
    try stage(["b.txt": "new", "figures/c.pdf": "new"], seal: ["files", "figures/gone.pdf"])
    Outputs.sweep(folder.path)
    #expect(folder.entries == ["a.txt", "b.txt", "figures"] && folder.text("b.txt") == "new")
    #expect(folder.entries(in: "figures") == ["c.pdf"])
  }

  /// What lies in a stranger's tree under our names is never carried out.
  @Test func plantedSealsMeanNothing() throws {
    try folder.write("old", "a.txt")
    try folder.write("victim", "outside/v.txt")
    try folder.link("way", to: "outside")
    let above = try ScratchFolder()
    try above.write("victim", "v.txt")
    let way = "../" + (above.path.split(separator: "/").last ?? "")
    try stage(["a.txt": "new"], seal: ["files", "a.txt"])
    try folder.write("1 2\nfiles\na.txt", Self.name + "/sealed")
    Outputs.sweep(folder.path)
    #expect(folder.entries == ["a.txt", "outside", "way"] && folder.text("a.txt") == "old")
    // Even one with the right numbers does not write through a link.
    try stage(["way/v.txt": "new"], seal: ["files", "way/v.txt", "\(way)/v.txt"])
    Outputs.sweep(folder.path)
    #expect(above.text("v.txt") == "victim")
    #expect(folder.text("outside/v.txt") == "victim" && folder.text("a.txt") == "old")
  }

  @Test func anExchangeIsUndoneBeforeAndFinishedAfter() throws {
    try folder.write("old", "out/report.html")
    try stage(["report.html": "new"], seal: ["folder", "out"])
    Outputs.sweep(folder.path)
    #expect(folder.entries == ["out"] && folder.text("out/report.html") == "old")
    // Exchanged: the old folder lies where the new one lay, with its user's files.
    let manifest = #"{"files":[{"bytes":3,"hash":"0","path":"report.html"}],"own":true,"schema":"ropescope.folder/1"}"#
    try stage(["report.html": "new", ".ropescope.json": manifest], seal: ["folder", "out"])
    try folder.write("mine", "out/mine.txt")
    rename(folder["out"], folder["old"])
    rename(folder[Self.name + "/files"], folder["out"])
    rename(folder["old"], folder[Self.name + "/files"])
    Outputs.sweep(folder.path)
    #expect(
      folder.entries == ["out"] && folder.text("out/report.html") == "new" && folder.text("out/mine.txt") == "mine")
    // Where the new folder is gone, the old one is not thrown away.
    try stage(["keep.txt": "mine"], seal: ["folder", "gone"])
    try folder.write("1 2\nfolder\ngone", Self.name + "/sealed")
    Outputs.sweep(folder.path)
    #expect(folder.text(Self.name + "/files/keep.txt") == "mine")
  }

  @Test func theLivingAreLeftAlone() throws {
    try stage(["a.txt": "new"], seal: nil)
    let lock = open(folder[Self.name], O_RDONLY | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    Outputs.sweep(folder.path)
    #expect(folder.entries == [Self.name])
    close(lock)
    // The next run that writes here sweeps by itself.
    var outputs = Outputs()
    try outputs.add([65], to: folder["b.txt"])
    try outputs.commit()
    #expect(folder.entries == ["b.txt"])
  }
}
