import Foundation

/// Runs a program of poppler on a file, where it is installed.
enum Tool {
  /// What `name` prints about a PDF; nil where the program is not installed.
  static func output(_ name: String, _ arguments: [String], on pdf: [UInt8]) throws -> String? {
    guard
      let program = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map({ "\($0)/\(name)" })
        .first(where: FileManager.default.isExecutableFile)
    else { return nil }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString).pdf")
    try Data(pdf).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments.map { $0 == "FILE" ? file.path : $0 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
