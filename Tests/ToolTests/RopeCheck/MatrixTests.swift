import Foundation
import RopeCheck
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

/// Fixtures × runtimes: a check says what parity says, and the other way round.
@Suite struct MatrixTests {
  static let length = 32_768
  static let files: [String] = ["configs", "broken"].flatMap { folder in
    ((try? Fixtures.names(in: folder)) ?? []).filter { $0.hasSuffix(".json") && !$0.hasSuffix(".context.json") }
      .map { "\(folder)/\($0)" }
  }

  private static func doubts(_ bytes: [UInt8], _ runtime: Runtime) -> (messages: Set<String>, rules: Set<String>) {
    let facts = Facts(targetLength: length, runtimes: ["\(runtime.name)@\(runtime.version)"])
    let found = Checker(overrides: facts).check(bytes: bytes, path: "config.json").files.flatMap(\.findings)
      .filter { $0.severity > .note || $0.rule == "runtime-computes-otherwise" }
    return (Set(found.map { "\($0.rule) \($0.text)" }), Set(found.map(\.rule)))
  }

  /// Rules that report what a runtime refuses or computes otherwise.
  static let ofRuntimes: Set = [
    "runtime-refuses", "runtime-computes-otherwise", "attention-factor-ignored", "yarn-truncate-dialect",
    "dynamic-formula-dialect", "config-method-not-implemented", "proportional-partial", "mla-softmax-scale-missing",
    "longrope-always-long", "v5-config-on-v4-runtime", "sliding-layers-scaled", "mla-rope-dim",
    "theta-not-forwarded-when-scaled",
  ]

  @Test func checkAndParityAgree() throws {
    var pairs = 0
    var silent: [String] = []
    var loud: [String] = []
    var mismatches = 0
    var refusals = 0
    for file in Self.files {
      let bytes = Array(try Fixtures.data(file))
      let declaration = try Declaration(SourceText(bytes: bytes))
      let reference = Self.doubts(bytes, RuntimeCatalogue.reference)
      let parity = ParityReport(of: declaration, runtimes: RuntimeCatalogue.principal, length: Self.length)
      for (runtime, verdict) in zip(RuntimeCatalogue.principal, parity.runtimes)
      where runtime.id != RuntimeCatalogue.reference.id {
        pairs += 1
        // Parts of configurations tell too little to rotate anything; models without rotation have one note.
        let isRefused = !verdict.supported && parity.referenceReason == nil
        if isRefused { refusals += 1 }
        if verdict.isMismatch { mismatches += 1 }
        let found = Self.doubts(bytes, runtime)
        let beyond = found.messages.subtracting(reference.messages)
        if isRefused || verdict.isMismatch {
          if beyond.isEmpty {
            silent.append("\(file) \(runtime.id): \(verdict.reason ?? verdict.numbers?.method ?? "")")
          }
        } else if parity.referenceReason == nil {
          let claimed = found.rules.intersection(Self.ofRuntimes).subtracting(reference.rules)
          // The short lists of LongRoPE matter below the length at which parity looks.
          if !claimed.subtracting(["longrope-always-long"]).isEmpty { loud.append("\(file) \(runtime.id): \(claimed)") }
        }
      }
    }
    print("\(pairs) pairs, \(mismatches) compute otherwise, \(refusals) refuse")
    #expect(pairs > 800)
    #expect(mismatches > 30 && refusals > 100)
    #expect(silent == [], "parity objects and check is silent in \(silent.count)")
    #expect(loud == [], "check objects and parity is silent in \(loud.count)")
  }
}
