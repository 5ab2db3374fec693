// swift-tools-version: 6.1
import PackageDescription

// Little time is spent in a batch's own code, in commands and in tests: their optimisation is most of what building them
// costs. Unsafe flags bar a product from being depended on, so only targets of no library have them.
let unoptimised: [SwiftSetting] = [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let package = Package(
  name: "ropescope",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "ropescope", targets: ["ropescope"]),
    // By purpose; the first two need no C library of the system.
    .library(name: "RopeMath", targets: ["RopeMath", "RopeAnalysis"]),
    .library(name: "RopeConfig", targets: ["RopeConfig", "RopeJSON"]),
    .library(name: "RopeCheck", targets: ["RopeCheck", "RopeAdvice"]),
    .library(name: "RopeFigures", targets: ["RopeFigures", "RopeChart", "RopeCairo"]),
    .library(name: "RopeReport", targets: ["RopeReport", "RopeRecords"]),
    .library(name: "RopeInference", targets: ["RopeInference", "RopeKernel", "RopeTokenizer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // MARK: Text: what every border writes out
    .target(name: "RopeText"),

    // MARK: The mathematics: methods as plans, and what follows from a plan
    .target(name: "RopeMath", dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
    .target(name: "CSimulationLoops"),
    .target(
      name: "RopeAnalysis",
      dependencies: [
        "RopeText", "RopeMath", "CSimulationLoops", .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // MARK: Records: what crosses a file or a process
    .target(name: "RopeRecords", dependencies: ["RopeText", "RopeMath", "RopeAnalysis"]),

    // MARK: The system: signals, and the one way to write files
    .target(name: "CRopeSystem"),
    .target(name: "RopeFiles", dependencies: ["CRopeSystem"]),

    // MARK: Models: files of numbers, what a config says, and what it means
    .target(name: "RopeJSON", dependencies: ["RopeText", .product(name: "Yams", package: "Yams")]),
    .target(name: "RopeTensors", dependencies: ["RopeText", "RopeMath", "RopeJSON", "CRopeSystem"]),
    .target(
      name: "RopeConfig",
      dependencies: [
        "RopeText", "RopeJSON", "RopeMath", "RopeTensors", .product(name: "RealModule", package: "swift-numerics"),
      ]),
    // MARK: The adviser: one answer from the reading and the analyses
    .target(
      name: "RopeAdvice",
      dependencies: [
        "RopeText", "RopeRecords", "RopeJSON", "RopeConfig", "RopeAnalysis",
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      resources: [.embedInCode("Evidence")]),
    .target(name: "RopeTokenizer", dependencies: ["RopeText", "RopeMath", "RopeTensors", "RopeJSON", "RopeConfig"]),

    // MARK: The kernel: attention under any plan, and whole models under it
    .target(
      name: "RopeKernel",
      dependencies: ["RopeMath", "RopeTensors", .product(name: "RealModule", package: "swift-numerics")]),

    .target(
      name: "CVectorLoops", linkerSettings: [.linkedFramework("Accelerate", .when(platforms: [.macOS]))]),
    .target(
      name: "RopeInference",
      dependencies: [
        "RopeJSON", "RopeMath", "RopeAnalysis", "RopeRecords", "RopeConfig", "RopeTensors", "RopeKernel",
        "CVectorLoops",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // MARK: Figures: a chart is a value until the last step
    .target(name: "RopeChart", dependencies: ["RopeText"]),
    .target(
      name: "RopeFigures",
      dependencies: ["RopeText", "RopeAnalysis", "RopeChart", .product(name: "RealModule", package: "swift-numerics")]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),
    .target(name: "RopeCairo", dependencies: ["RopeText", "RopeChart", "CCairo", "CPangoCairo"]),

    // MARK: Reports: the record, the document, its renderers
    .target(name: "CTemplates"),
    .target(
      name: "RopeTemplates", dependencies: ["RopeText", "CTemplates"], path: "Templates",
      exclude: ["ci", "docs", "html", "latex", "messages", "schemas", "statistics"]),
    .target(
      name: "RopeReport",
      dependencies: [
        "RopeText", "RopeFiles", "RopeRecords", "RopeAdvice", "RopeFigures", "RopeConfig", "RopeJSON", "RopeTensors",
        "RopeCairo", "RopeTemplates",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),

    // MARK: Checks: what is wrong with a configuration, and how to mend it
    .target(
      name: "RopeCheck", dependencies: ["RopeText", "RopeMath", "RopeJSON", "RopeConfig", "RopeRecords", "RopeAdvice"]),

    // MARK: Batch: many runs, one database
    .target(
      name: "RopeBatch",
      dependencies: [
        "RopeText", "RopeFiles", "RopeJSON", "RopeRecords", "RopeAdvice", "RopeReport", "RopeCheck", "RopeInference",
        "RopeTokenizer",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: unoptimised),

    // MARK: The command line
    .target(
      name: "RopeScopeCLI",
      dependencies: [
        "CRopeSystem", "RopeFiles", "RopeText", "RopeRecords", "RopeAdvice", "RopeReport", "RopeKernel", "RopeCheck",
        "RopeBatch", "RopeTokenizer",
        "RopeInference",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: unoptimised),
    .executableTarget(name: "ropescope", dependencies: ["RopeScopeCLI"]),

    // MARK: Tests
    // What tests reckon much with is optimised: unoptimised, it took a third of the suite's time.
    .target(
      name: "RopeTestSupport",
      dependencies: [
        "RopeMath", "RopeAnalysis", "RopeTensors", .product(name: "RealModule", package: "swift-numerics"),
      ],
      path: "Tests/RopeTestSupport"),
    .testTarget(
      name: "MathematicsTests",
      dependencies: [
        "RopeMath", "RopeAnalysis", "RopeRecords", "RopeKernel", "RopeInference", "RopeTokenizer", "RopeTestSupport",
        "CVectorLoops",
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: unoptimised),
    .testTarget(
      name: "ModelsTests",
      dependencies: [
        "RopeJSON", "RopeTensors", "RopeTokenizer", "RopeConfig", "RopeAdvice", "CRopeSystem", "RopeTestSupport",
      ],
      swiftSettings: unoptimised),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["RopeText", "RopeChart", "RopeCairo", "RopeReport", "RopeAdvice", "RopeTestSupport"],
      swiftSettings: unoptimised),
    .testTarget(
      name: "ToolTests",
      dependencies: [
        "RopeFiles", "RopeAdvice", "RopeCheck", "RopeBatch", "RopeScopeCLI", "RopeTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: unoptimised),
  ],
  swiftLanguageModes: [.v6]
)

// MARK: Scripts/fuzz alone builds this
if Context.environment["ROPESCOPE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "ropescope-fuzz",
      dependencies: [
        "RopeBatch", "RopeCheck", "RopeConfig", "RopeJSON", "RopeMath", "RopeReport", "RopeTensors", "RopeTokenizer",
      ],
      path: "Scripts/fuzz-targets"))
}
