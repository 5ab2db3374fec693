import RopeConfig

/// Runtimes as options name them.
enum RuntimeArguments {
  /// Several with commas; the newest of each where nothing is given.
  static func selection(_ text: String?) throws -> (runtimes: [Runtime], warnings: [String]) {
    guard let text else { return (RuntimeCatalogue.newest, []) }
    var runtimes: [Runtime] = []
    var warnings: [String] = []
    for part in text.split(separator: ",").map(String.init) {
      let selection = try RuntimeCatalogue.selection(part)
      for runtime in selection.runtimes where !runtimes.contains(where: { $0.id == runtime.id }) { runtimes.append(runtime) }
      warnings += selection.warnings
    }
    guard !runtimes.isEmpty else { throw Failure.usage("no runtime is named; known are \(RuntimeCatalogue.newest.map(\.name).joined(separator: ", "))") }
    return (runtimes, warnings)
  }

  /// The longest context that the file itself claims.
  static func window(of declaration: Declaration) throws -> Int {
    let model = try RuntimeCatalogue.reference.read(declaration)
    guard let length = model.window ?? model.layerTypes.first?.geometry.trainedLength else {
      throw Failure.usage("the file names no window; give --at LENGTH")
    }
    return length
  }
}
