import RopeReport
import RopeText

/// Scripts that spread a batch over machines by means that they already have. They run `ropescope`, or what the
/// environment variable ROPESCOPE names.
package enum BatchScripts {
  /// A Slurm array job whose tasks compute a shard each, and how to join their results.
  ///
  /// - Throws: `BatchError` where a path would break out of its line.
  package static func slurm(plan: String, folder: String, shards: Int) throws(BatchError) -> String {
    try check([plan, folder])
    let join = "batch \(word(plan)) -o \(word(folder)) --merge \(word(folder))/shard-*"
    return """
      #!/bin/bash
      #SBATCH --job-name=ropescope
      #SBATCH --array=1-\(shards)
      #SBATCH --cpus-per-task=2
      #SBATCH --output=ropescope-%A-%a.log
      #SBATCH --open-mode=append
      #SBATCH --signal=B:TERM@60
      # Submit this with sbatch from the folder that the paths are relative to. A task that was ended early goes on where
      # it stopped when it is submitted again. When all are done, join them:
      #   \(program) \(join)
      # or let Slurm do it:
      #   job=$(sbatch --parsable THIS_FILE)
      #   sbatch --dependency=afterany:$job --wrap \(word("ropescope " + join))
      set -euo pipefail
      mkdir -p \(word(folder))
      exec \(program) batch \(word(plan)) --shard "$SLURM_ARRAY_TASK_ID/\(shards)" \\
        --jobs "${SLURM_CPUS_PER_TASK:-1}" --resume -o \(word(folder))/shard-"$SLURM_ARRAY_TASK_ID"

      """
  }

  /// A makefile with a target for each shard: `make -k -j N -f FILE`.
  ///
  /// - Throws: `BatchError` where a path would break out of its line.
  package static func make(plan: String, folder: String, shards: Int) throws(BatchError) -> String {
    try check([plan, folder])
    func quoted(_ text: String) -> String { Escaping.makeWord(path(text)) ?? "" }
    let targets = (1...shards).map { "shard-\($0)" }
    // Exit code 3 says that some cases failed; they are in the database, and must not keep the others from being joined.
    let rules = targets.enumerated().map { place, target in
      "\(target):\n\t$(ROPESCOPE) batch \(quoted(plan)) --shard \(place + 1)/\(shards) --jobs 1 --resume -o \(quoted(folder))/\(target) || [ $$? = 3 ]\n"
    }
    return """
      ROPESCOPE ?= ropescope

      all: \(targets.joined(separator: " "))
      \t$(ROPESCOPE) batch \(quoted(plan)) -o \(quoted(folder)) --merge \(targets.map { quoted(folder) + "/" + $0 }.joined(separator: " "))

      .PHONY: all folder \(targets.joined(separator: " "))

      folder:
      \t@mkdir -p \(quoted(folder))

      \(targets.joined(separator: " ")): folder

      \(rules.joined(separator: "\n"))
      """
  }

  private static let program = "\"${ROPESCOPE:-ropescope}\""

  private static func check(_ paths: [String]) throws(BatchError) {
    for path in paths where Escaping.makeWord(path) == nil {
      throw BatchError("a path with control characters cannot stand in a script", path: path)
    }
  }

  /// A path that is never taken for an option.
  private static func path(_ text: String) -> String { text.unicodeScalars.first == "-" ? "./" + text : text }

  private static func word(_ text: String) -> String { Escaping.shellWord(path(text)) }
}
