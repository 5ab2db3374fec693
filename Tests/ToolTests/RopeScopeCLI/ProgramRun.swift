import Foundation
import RopeTestSupport

/// A run of the tool as a program of its own, for what a process alone can show: descriptors, signals, limits.
struct ProgramRun {
  let status: Int32
  let error: String

  /// The tool, beside the tests' own; nil where they are run otherwise.
  static let tool = Bundle.main.executableURL
    .map { $0.deletingLastPathComponent().appendingPathComponent("ropescope") }
    .flatMap { FileManager.default.isExecutableFile(atPath: $0.path) ? $0 : nil }

  /// Runs a line of the shell, in which `$tool` is the tool.
  init(_ line: String, in folder: String) throws {
    let process = Process(), pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["tool": Self.tool?.path ?? ""]) { $1 }
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    error = String(decoding: bytes, as: UTF8.self)
  }
}
