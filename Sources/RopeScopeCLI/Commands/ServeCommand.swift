import ArgumentParser
import Foundation
import RopeJSON
import RopeReport

/// `ropescope serve --stdio`: commands as lines of JSON, answered by one process, so that a call costs no start.
struct ServeCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer commands that come as lines of JSON, for programs that call often.",
    discussion: """
      A request is one line {"id": 1, "arguments": ["suggest", "qwen2.5-7b", "--target", "128k"], "stdin": ""}, its answer
      one line {"id": 1, "code": 0, "stdout": "…", "stderr": "…"}. Requests are answered in their order.

      EXAMPLES:
        echo '{"id": 1, "arguments": ["--version"]}' | ropescope serve --stdio
      """)

  @Flag(help: "Requests on standard input, answers on standard output.")
  var stdio = false

  @OptionGroup var output: OutputOptions

  private struct Answer: Encodable {
    /// The request's own, whatever it is.
    let id: JSONNode
    let code: Int32
    let stdout: String
    let stderr: String
  }

  func run(in console: Console) async throws -> ExitStatus {
    guard stdio else { throw Failure.usage("serve speaks on standard streams only: give --stdio") }
    while let line = console.readLine() {
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      let answer = await Self.answer(line, console)
      console.write(.output, Array((try JSONText.encode(answer) + "\n").utf8))
      guard console.outputFailure() == nil else { return .notDone }
    }
    return .clean
  }

  private static func answer(_ line: [UInt8], _ console: Console) async -> Answer {
    func refused(_ id: JSONNode?, _ message: String) -> Answer {
      Answer(
        id: id ?? JSONNode(value: .null, bytes: 0..<0), code: ExitStatus.notDone.rawValue, stdout: "",
        stderr: Failure.usage(message).sentence() + "\n")
    }
    let request: JSONNode
    do { request = try JSONParser.parse(SourceText(bytes: line)) } catch {
      return refused(nil, "a request is one line of JSON: \(error.message)")
    }
    let id = request.member("id")?.node
    guard case .array(let items)? = request.member("arguments")?.node.value else {
      return refused(id, "a request has “arguments”, a list of texts")
    }
    let arguments = items.compactMap(\.string)
    guard arguments.count == items.count else { return refused(id, "“arguments” is a list of texts") }
    guard arguments.first != configuration.commandName else { return refused(id, "serve does not serve itself") }
    let streams = CapturedStreams()
    let input = Array((request.member("stdin")?.node.string ?? "").utf8)
    var own = Console(
      environment: console.environment, workingDirectory: console.workingDirectory, program: console.program,
      readInput: { input }, write: { streams.append($0, $1) })
    own.readLine = { nil }
    let code = await CommandLineTool.run(arguments, console: own)
    return Answer(
      id: id ?? JSONNode(value: .null, bytes: 0..<0), code: code, stdout: streams.text(.output),
      stderr: streams.text(.error))
  }
}
