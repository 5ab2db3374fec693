import RopeConfig

/// Runtimes as options name them.
enum RuntimeArguments {
  /// Several with commas; the newest of each where nothing is given.
  ///
  /// - Parameter strict: whether a version that is not modelled is an error instead of a warning.
  static func selection(
    _ text: String?, strict: Bool, default fallback: [Runtime] = RuntimeCatalogue.newest
  ) throws -> (runtimes: [Runtime], warnings: [String]) {
    guard let text else { return (fallback, []) }
    var runtimes: [Runtime] = []
    var warnings: [String] = []
    for part in text.split(separator: ",").map(String.init) {
      let selection = try RuntimeCatalogue.selection(part)
      for runtime in selection.runtimes where !runtimes.contains(where: { $0.id == runtime.id }) {
        runtimes.append(runtime)
      }
      if strict, !selection.isExact { throw Failure(kind: "runtime", selection.warnings.joined(separator: "; ")) }
      warnings += selection.warnings
    }
    guard !runtimes.isEmpty else {
      throw Failure.usage(
        "no runtime is named; known are \(RuntimeCatalogue.newest.map(\.name).joined(separator: ", "))")
    }
    return (runtimes, warnings)
  }
}
