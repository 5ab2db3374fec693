import Foundation
import RopeScopeCLI
import RopeTestSupport

/// A run of the command line inside the test process.
struct CapturedRun {
  let status: Int32
  let output: String
  let error: String

  private final class Sink: @unchecked Sendable {
    private let lock = NSLock()
    private var streams: (output: [UInt8], error: [UInt8]) = ([], [])

    func append(_ stream: Console.Stream, _ bytes: [UInt8]) {
      lock.withLock {
        switch stream {
        case .output: streams.output += bytes
        case .error: streams.error += bytes
        }
      }
    }

    var texts: (String, String) {
      lock.withLock {
        (String(decoding: streams.output, as: UTF8.self), String(decoding: streams.error, as: UTF8.self))
      }
    }
  }

  /// - Parameter columns: of the terminal that the streams are; nil where they are pipes.
  init(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], columns: Int? = nil
  ) async {
    let sink = Sink()
    var console = Console(
      environment: environment, outputIsTerminal: columns != nil, errorIsTerminal: columns != nil,
      readInput: { Array(input.utf8) }, write: { sink.append($0, $1) })
    console.terminalColumns = { columns }
    status = await CommandLineTool.run(arguments, console: console)
    (output, error) = sink.texts
  }

  /// The output as a JSON object.
  var json: [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
  }

  /// Command, exit code and streams, as golden transcripts hold them.
  static func transcript(_ arguments: [String], input: String = "") async -> String {
    let run = await CapturedRun(arguments, input: input)
    return
      "$ ropescope \(arguments.joined(separator: " "))\nexit \(run.status)\n--- stdout\n\(run.output)--- stderr\n\(run.error)"
  }
}

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "/ropescope-test-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Relative paths of all files, sorted.
  var files: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted().filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path + "/" + $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}
