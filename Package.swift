// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "ropescope",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "ropescope", targets: ["ropescope"]),
    .library(name: "RopeScope", targets: ["RopeMath", "RopeRecords", "RopeAnalysis", "RopeConfig", "RopeAdvice", "RopeKernel", "RopeFigures", "RopeReport"]),
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
    .target(
      name: "RopeAnalysis", dependencies: ["RopeMath", .product(name: "RealModule", package: "swift-numerics")]),

    // MARK: Records: what crosses a file or a process
    .target(name: "RopeRecords", dependencies: ["RopeMath"]),

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
        "RopeRecords", "RopeJSON", "RopeConfig", "RopeAnalysis", .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(name: "RopeTokenizer", dependencies: ["RopeText", "RopeMath", "RopeTensors", "RopeJSON", "RopeConfig"]),

    // MARK: The kernel: attention under any plan, and whole models under it
    .target(
      name: "RopeKernel",
      dependencies: ["RopeMath", "RopeTensors", .product(name: "RealModule", package: "swift-numerics")]),

    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .target(name: "CVectorLoops"),
    .target(
      name: "RopeInference",
      dependencies: [
        "RopeJSON", "RopeMath", "RopeConfig", "RopeTensors", "RopeKernel", "CVectorLoops", "COpenBLAS",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // MARK: Figures: a chart is a value until the last step
    .target(name: "RopeChart", dependencies: ["RopeText"]),
    .target(
      name: "RopeFigures",
      dependencies: ["RopeAnalysis", "RopeChart", .product(name: "RealModule", package: "swift-numerics")]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),
    .target(name: "RopeCairo", dependencies: ["RopeText", "RopeChart", "CCairo", "CPangoCairo"]),

    // MARK: Reports: the record, the document, its renderers
    .target(name: "RopeTemplates", path: "Templates", exclude: ["ci"], resources: [.embedInCode("html"), .embedInCode("latex"), .embedInCode("docs"), .embedInCode("schemas")]),
    .target(
      name: "RopeReport",
      dependencies: [
        "RopeText", "RopeFiles", "RopeRecords", "RopeAdvice", "RopeFigures", "RopeConfig", "RopeJSON", "RopeTensors", "RopeCairo", "RopeTemplates",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),

    // MARK: Checks: what is wrong with a configuration, and how to mend it
    .target(name: "RopeCheck", dependencies: ["RopeText", "RopeMath", "RopeJSON", "RopeConfig", "RopeRecords", "RopeAdvice"]),

    // MARK: Batch: many runs, one database
    .target(
      name: "RopeBatch",
      dependencies: [
        "RopeText", "RopeFiles", "RopeJSON", "RopeRecords", "RopeReport", "RopeCheck", "RopeInference", "RopeTokenizer",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),

    // MARK: The command line
    .target(
      name: "RopeScopeCLI",
      dependencies: [
        "CRopeSystem", "RopeFiles", "RopeText", "RopeRecords", "RopeAdvice", "RopeReport", "RopeKernel", "RopeCheck", "RopeBatch", "RopeTokenizer",
        "RopeInference",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "ropescope", dependencies: ["RopeScopeCLI"]),

    // MARK: Tests
    .target(name: "RopeTestSupport", path: "Tests/RopeTestSupport"),
    .testTarget(name: "RopeTextTests", dependencies: ["RopeText", "RopeTestSupport"]),
    .testTarget(name: "RopeFilesTests", dependencies: ["RopeFiles", "RopeTestSupport"]),
    .testTarget(
      name: "RopeMathTests",
      dependencies: ["RopeMath", "RopeTestSupport", .product(name: "RealModule", package: "swift-numerics")]),
    .testTarget(name: "RopeJSONTests", dependencies: ["RopeJSON", "RopeTestSupport"]),
    .testTarget(name: "RopeTensorsTests", dependencies: ["RopeTensors", "CRopeSystem", "RopeTestSupport"]),
    .testTarget(
      name: "RopeKernelTests",
      dependencies: [
        "RopeKernel", "RopeTestSupport", .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .testTarget(name: "RopeAnalysisTests", dependencies: ["RopeAnalysis", "RopeTestSupport"]),
    .testTarget(name: "RopeConfigTests", dependencies: ["RopeConfig", "RopeAdvice", "RopeTestSupport"]),
    .testTarget(name: "RopeAdviceTests", dependencies: ["RopeAdvice", "RopeCheck", "RopeTestSupport"]),
    .testTarget(name: "RopeChartTests", dependencies: ["RopeChart", "RopeTestSupport"]),
    .testTarget(name: "RopeCairoTests", dependencies: ["RopeCairo", "RopeTestSupport"]),
    .testTarget(name: "RopeReportTests", dependencies: ["RopeReport", "RopeAdvice", "RopeTestSupport"]),
    .testTarget(name: "RopeTokenizerTests", dependencies: ["RopeTokenizer", "RopeTestSupport"]),
    .testTarget(name: "RopeInferenceTests", dependencies: ["RopeInference", "RopeTokenizer", "RopeTestSupport"]),
    .testTarget(name: "RopeCheckTests", dependencies: ["RopeCheck", "RopeTestSupport"]),
    .testTarget(
      name: "RopeBatchTests",
      dependencies: ["RopeBatch", "RopeTestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(name: "RopeScopeCLITests", dependencies: ["RopeScopeCLI", "RopeTestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// MARK: Scripts/fuzz alone builds this
if Context.environment["ROPESCOPE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "ropescope-fuzz",
      dependencies: ["RopeBatch", "RopeCheck", "RopeConfig", "RopeJSON", "RopeMath", "RopeReport", "RopeTensors", "RopeTokenizer"],
      path: "Scripts/fuzz-targets"))
}
