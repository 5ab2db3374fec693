import CRopeSystem
import Foundation
import RopeTensors
import Testing

@Suite struct MappedFileTests {
  /// Reading where a file no longer is ends the program with its name, not with a signal.
  @Test func aFileThatIsCutShortIsNamed() async {
    let result = await #expect(processExitsWith: .exitCode(2), observing: [\.standardErrorContent]) {
      rope_mapped_install()
      let path = NSTemporaryDirectory() + "/ropescope-cut-\u{1B}[2J-\(getpid())"
      try Data(count: 1 << 20).write(to: URL(fileURLWithPath: path))
      let file = try MappedFile(path: path)
      // Others that are mapped at the time, and one that is no longer.
      let other = try MappedFile(path: CommandLine.arguments[0])
      do { _ = try MappedFile(path: CommandLine.arguments[0]) }
      truncate(path, 4096)
      unlink(path)
      print(file.array(0..<4096).count, other.count)
      print(file.array(0..<(1 << 20)).reduce(0) { $0 &+ Int($1) })
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(
      text.contains("ropescope-cut-?[2J-") && text.contains(": the file became shorter while it was read\n"), "\(text)")
  }
}
