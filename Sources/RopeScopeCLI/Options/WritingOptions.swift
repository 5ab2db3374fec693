import ArgumentParser
import RopeBatch
import RopeFiles
import RopeReport

/// How commands write files.
struct WritingOptions: ParsableArguments {
  @Flag(help: "Replace data files (.csv, .json, .npz, .safetensors) that ropescope did not write.")
  var force = false

  /// - Parameter inputs: what the command reads: no output may be one of them.
  func outputs(reading inputs: [CommandInput]) -> Outputs {
    Outputs(
      inputs: inputs.flatMap(\.paths), readsStandardInput: inputs.contains(.standardInput), force: force,
      tables: [SeriesTable.header, BatchFiles.header])
  }
}
