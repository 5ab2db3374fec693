import Foundation
import RopeTestSupport
import Testing

@Suite struct ArchitectureTests {
  /// Which of the package's own modules each target may import, and which system ones only it may.
  private static let arrows: [String: Set<String>] = [
    "RopeText": [],
    "RopeMath": [],
    "RopeAnalysis": ["RopeText", "RopeMath", "CSimulationLoops"],
    "RopeJSON": ["RopeText"],
    "RopeFiles": ["CRopeSystem"],
    "RopeRecords": ["RopeText", "RopeMath", "RopeAnalysis"],
    "RopeAdvice": ["RopeText", "RopeJSON", "RopeMath", "RopeConfig", "RopeAnalysis", "RopeRecords"],
    "RopeConfig": ["RopeText", "RopeJSON", "RopeMath", "RopeTensors"],
    "RopeTokenizer": ["RopeText", "RopeJSON", "RopeMath", "RopeTensors", "RopeConfig"],
    "RopeInference": [
      "RopeJSON", "RopeMath", "RopeAnalysis", "RopeRecords", "RopeConfig", "RopeTensors", "RopeKernel", "CVectorLoops",
    ],
    "RopeCheck": ["RopeText", "RopeJSON", "RopeMath", "RopeConfig", "RopeAdvice", "RopeRecords"],
    "RopeBatch": [
      "RopeText", "RopeFiles", "RopeJSON", "RopeMath", "RopeConfig", "RopeAdvice", "RopeAnalysis", "RopeChart",
      "RopeFigures", "RopeCairo", "RopeReport", "RopeCheck", "RopeInference",
      "RopeTokenizer", "RopeRecords",
    ],
    "RopeKernel": ["RopeMath", "RopeTensors"],
    "RopeTensors": ["RopeText", "RopeJSON", "RopeMath", "CRopeSystem"],
    "RopeChart": ["RopeText"],
    "RopeFigures": ["RopeText", "RopeMath", "RopeAnalysis", "RopeChart"],
    "RopeCairo": ["RopeText", "RopeChart", "CCairo", "CPangoCairo"],
    "RopeReport": [
      "RopeText", "RopeFiles", "RopeRecords", "RopeAdvice", "RopeJSON", "RopeMath", "RopeAnalysis", "RopeConfig",
      "RopeTensors", "RopeChart", "RopeFigures", "RopeCairo", "RopeTemplates",
    ],
  ]

  private static func sources(_ target: String) throws -> [(file: String, text: String)] {
    let folder = Fixtures.package.appendingPathComponent("Sources/\(target)")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.sorted().map {
      ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
    }
  }

  private static func imports(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count, place <= 1 else { return nil }
      return words[0] == "import" || words[0].hasPrefix("@") || words[0] == "public" ? String(words[place + 1]) : nil
    }
  }

  @Test func importsFollowTheArrows() throws {
    let own = Set(Self.arrows.keys).union([
      "RopeScopeCLI", "CCairo", "CPangoCairo", "CRopeSystem", "CSimulationLoops", "CTemplates", "RopeTemplates",
    ])
    for (target, allowed) in Self.arrows {
      for (file, text) in try Self.sources(target) {
        for module in Self.imports(text) where own.contains(module) {
          #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
        }
      }
    }
  }

  @Test func mathematicsImportsOnlyNumerics() throws {
    for (target, allowed) in [
      "RopeMath": ["RealModule"], "RopeAnalysis": ["RealModule", "RopeText", "RopeMath", "CSimulationLoops"],
    ] {
      for (file, text) in try Self.sources(target) {
        for module in Self.imports(text) {
          #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
        }
      }
    }
  }

  /// Borders escape by Unicode scalars, in RopeText: `replacing` compares Characters, and a mark that combines with a
  /// quote hides it. Allowed is what changes words of our own: blanks of labels, placeholders of templates, plurals.
  @Test func textIsEscapedInOnePlace() throws {
    let allowed: Set = [
      "RopeText/String+Units.swift", "RopeFigures/Figure+EqualCurves.swift", "RopeReport/HTML/HTMLBlocks.swift",
      "RopeReport/HTML/HTMLRenderer.swift",
      "RopeReport/PDF/PageComposer+Text.swift",
      "RopeReport/PDF/TextSetter.swift", "RopeReport/Record/MethodName.swift", "RopeReport/Text/LaTeXFigure.swift",
      "RopeBatch/Index/BatchIndex.swift", "RopeBatch/Index/BatchIndex+Matrix.swift",
      "RopeBatch/Running/BatchOwner.swift",
      "RopeCheck/Input/RunOption.swift", "RopeCheck/CheckSubject+Rules.swift",
    ]
    for target in [
      "RopeText", "RopeCheck", "RopeReport", "RopeBatch", "RopeChart", "RopeCairo", "RopeFigures", "RopeScopeCLI",
      "RopeConfig/Settings", "RopeJSON/Writer",
    ] {
      for (file, text) in try Self.sources(target) where !allowed.contains("\(target)/\(file)") {
        for word in [".replacing(", "replacingOccurrences("] {
          #expect(!text.contains(word), "\(target)/\(file) uses \(word)")
        }
      }
    }
  }

  /// One module opens files for writing, makes folders and removes things. SQLite keeps its own file, a process that is
  /// only measured writes to nothing, and a benchmark removes its own folder.
  @Test func oneModuleWritesFiles() throws {
    let exceptions: [String: Set<String>] = [
      "Bench/ChildProcess.swift": ["O_WRONLY"], "Commands/BenchCommand.swift": ["removeItem(", "moveItem("],
    ]
    let writers = [
      "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "createFile(", "write(to: URL", ".write(toFile", "rename(\"/",
      "renameat(", "Foundation.rename(",
      "forWriting", "forUpdating", "fopen(", "moveItem(", "replaceItem", "copyItem(", "removeItem(",
      "createSymbolicLink(", "createDirectory(",
      "unlink(", "unlinkat(", "mkdir(", "symlink(", "truncate(", "OutputStream(",
    ]
    for target in Set(Self.arrows.keys).subtracting(["RopeFiles"]).union(["RopeScopeCLI", "ropescope"]) {
      for (file, text) in try Self.sources(target) {
        for word in writers where text.contains(word) {
          #expect(exceptions[file]?.contains(word) == true, "\(target)/\(file) uses \(word)")
        }
      }
    }
  }

  /// One-number results are read by the keys that analyses declare, once each; `Self("…")` declares one.
  @Test func summariesAreReadByDeclaredKeys() throws {
    let declaration = /Self\("([a-z0-9_]+)(?:\\\(length\))?"\)/
    var names: [String] = []
    for target in Array(Self.arrows.keys) + ["RopeScopeCLI"] {
      for (file, text) in try Self.sources(target) {
        for word in ["summary[\"", "summary?[\"", "SummaryKey(\""] {
          #expect(!text.contains(word), "\(target)/\(file) uses \(word)")
        }
        if let place = text.range(of: "\nextension SummaryKey {") {
          names += text[place.upperBound...].matches(of: declaration).map { String($0.output.1) }
        }
      }
    }
    #expect(names.count > 150 && Set(names).count == names.count, "\(names.sorted())")
  }

  @Test func nothingCanCrashOnAUsersFile() throws {
    let forbidden = ["fatalError(", "try!", "as!", "unsafeBitCast", ".first!", ".last!"]
    for target in Array(Self.arrows.keys) + ["RopeScopeCLI"] {
      for (file, text) in try Self.sources(target) {
        for word in forbidden {
          #expect(!text.contains(word), "\(target)/\(file) uses \(word)")
        }
      }
    }
  }
}
