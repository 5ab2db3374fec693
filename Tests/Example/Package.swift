// swift-tools-version: 6.1
import PackageDescription

// What a package that uses RopeScope looks like. Scripts/test-package builds it over this checkout and over a tagged clone,
// whose address ROPESCOPE_CLONE gives.
let ropescope: Package.Dependency =
  if let clone = Context.environment["ROPESCOPE_CLONE"] {
    .package(url: clone, from: "0.1.0")
  } else {
    .package(name: "ropescope", path: "../..")
  }

let package = Package(
  name: "example",
  platforms: [.macOS(.v14)],
  dependencies: [ropescope],
  targets: [
    .executableTarget(
      name: "Example",
      dependencies: [
        .product(name: "RopeMath", package: "ropescope"),
        .product(name: "RopeConfig", package: "ropescope"),
        .product(name: "RopeCheck", package: "ropescope"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
