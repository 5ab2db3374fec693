import RopeAdvice
import RopeAnalysis
import RopeCheck
import RopeConfig
import RopeJSON
import RopeMath
import RopeRecords
import RopeReport

/// What stands before a launch: the document `ropescope.preparation/1`.
struct Preparation: Encodable {
  /// A file that brings the model to the length.
  struct File: Encodable {
    let path: String
    /// `configuration`, `trainer` or `server`.
    let kind: String
    let text: String
  }

  /// What the advice does, in numbers.
  struct Effect: Encodable {
    /// Longest context without a new angle, tokens; nil where nothing limits it.
    var phaseSafeLength: Double?
    /// Of the frequencies of pairs that turned 1 to 32 times in training, the geometric mean.
    var middleRatio: Double?
    /// What logits are multiplied by, and what would hold the entropy of attention.
    var logitFactor: Double?
    var holdingFactor: Double?

    enum CodingKeys: String, CodingKey {
      case phaseSafeLength = "phase_safe_length"
      case middleRatio = "middle_ratio"
      case logitFactor = "logit_factor"
      case holdingFactor = "holding_factor"
    }
  }

  let schema = "ropescope.preparation/1"
  let name: String
  /// Of the file as it stands.
  let findings: [Finding]
  let advice: Advice
  let effect: Effect
  /// Bytes of the key–value cache of one sequence at the target, bfloat16; nil where the file does not tell its sizes.
  let cacheBytes: Double?
  let files: [File]
  /// What could not be written, and what a reader should know of what was.
  let notes: [String]

  enum CodingKeys: String, CodingKey {
    case schema, name, findings, advice, effect, files, notes
    case cacheBytes = "cache_bytes"
  }

  /// Whether the file as it stands would not do what it says.
  var isWrong: Bool { findings.contains { $0.severity == .error } }

  init(
    _ subject: ModelSubject, named name: String, target: Int, runtimes: [Runtime]?, trainer: TrainerFile?,
    trainTokens: Double
  ) async throws {
    let declaration = try subject.rotating(), reading = subject.reading
    self.name = reading.name
    advice = try Adviser(reading, runtimes: runtimes, trainTokens: trainTokens).advice(target: target)
    findings = Self.findings(declaration, advice, trainer, isDeclared: runtimes != nil)
    effect = try await Self.effect(reading, advice)
    cacheBytes = reading.cacheShape?.bytes(length: target)
    let advised = advice.runtimes
    let servers =
      runtimes
      ?? RuntimeCatalogue.newest.filter { advised.contains($0.id) && $0.name != RuntimeCatalogue.reference.name }
    (files, notes) = Self.files(declaration, named: name, advice, servers, trainer)
  }

  /// Findings of the file as it stands, for the runtimes and the trainer; what the target would need is the advice's.
  private static func findings(
    _ declaration: Declaration, _ advice: Advice, _ trainer: TrainerFile?, isDeclared: Bool
  ) -> [Finding] {
    var facts = Facts(runtimes: isDeclared ? advice.runtimes : [])
    facts.trainer = trainer?.format.name
    if let path = trainer?.path, path.hasSuffix("ml") {
      facts.yaml = trainer?.text
    } else {
      facts.commandLine = trainer?.text
    }
    let path = declaration.source.path ?? "config.json"
    return Checker(overrides: facts).check(bytes: declaration.source.bytes, path: path).files.flatMap(\.findings)
      .filter { $0.severity > .note }
  }

  private static func effect(_ reading: Reading, _ advice: Advice) async throws -> Effect {
    let method = try advice.method.map { try MethodSpecification.parse($0) } ?? .configuration
    let request = RunRequest(
      model: reading, methods: [method], targetLength: advice.target,
      analyses: [PhaseSafeLength.card.id, Temperature.card.id])
    let record = try await Run.record(request, version: RopeScope.version, command: [])
    guard let row = record.comparison.first else { return Effect() }
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    let held = record.analyses.value(.holdingMultiplierAtTarget, of: Temperature.card.id, method: row.label)
    return Effect(
      phaseSafeLength: finite(row.phaseSafeLength), middleRatio: finite(row.middleRatio),
      logitFactor: finite(row.logitFactor), holdingFactor: held.flatMap(finite))
  }

  private static func files(
    _ declaration: Declaration, named name: String, _ advice: Advice, _ servers: [Runtime], _ trainer: TrainerFile?
  ) -> (files: [File], notes: [String]) {
    guard advice.action != .none else { return ([], []) }
    let method = advice.method.flatMap { try? MethodSpecification.parse($0) }
    var files: [File] = [], notes: [String] = []
    do {
      let patch = try Conversion.change(
        for: RuntimeCatalogue.reference, of: declaration, length: advice.target, method: method, window: advice.window)
      if let configuration = patch?.configuration {
        files.append(File(path: "config.json", kind: "configuration", text: configuration))
      }
    } catch { notes.append(error.message) }
    if let trainer {
      do {
        let block = try Conversion.settings(
          for: trainer.format, model: files.isEmpty ? name : ".", of: declaration, length: advice.target,
          method: method, window: advice.window)
        files.append(File(path: block.fileName ?? "train.txt", kind: "trainer", text: block.text))
        notes += block.notes.map { "\(trainer.format.title): \($0)" }
      } catch { notes.append(error.message) }
    }
    for server in servers {
      do {
        let line = try Conversion.settings(
          for: server, of: declaration, length: advice.target, method: method, window: advice.window)
        let options = line.kind == .arguments ? line.text : ""
        let isPatched = line.kind == .configuration && !line.isUnchanged
        if let start = CommandFormat.line(starting: server, model: isPatched ? "." : name, options: options) {
          files.append(File(path: "serve-\(server.name).sh", kind: "server", text: start + "\n"))
        }
        notes += line.notes.map { "\(server.title): \($0)" }
      } catch { notes.append("\(server.title): \(error.message)") }
    }
    return (files, notes)
  }
}
