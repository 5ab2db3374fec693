import RopeReport

/// Scripts that spread a batch over machines by means that they already have.
public enum BatchScripts {
  /// A Slurm array job whose tasks compute a shard each, and how to join their results.
  public static func slurm(plan: String, folder: String, shards: Int) -> String {
    """
    #!/bin/bash
    #SBATCH --job-name=ropescope
    #SBATCH --array=1-\(shards)
    #SBATCH --cpus-per-task=2
    #SBATCH --output=\(word("ropescope-%a.log"))
    # Submit with sbatch; when all tasks are done, join them:
    #   ropescope batch \(word(plan)) -o \(word(folder)) --merge \(word(folder))/shard-*
    set -euo pipefail
    ropescope batch \(word(plan)) --shard "$SLURM_ARRAY_TASK_ID/\(shards)" --jobs "${SLURM_CPUS_PER_TASK:-1}" --resume -o \(word(folder))/shard-"$SLURM_ARRAY_TASK_ID"

    """
  }

  /// A makefile with a target for each shard: `make -j N -f FILE`.
  public static func make(plan: String, folder: String, shards: Int) -> String {
    let targets = (1...shards).map { "shard-\($0)" }
    let rules = (1...shards).map { shard in
      "shard-\(shard):\n\tropescope batch \(word(plan)) --shard \(shard)/\(shards) --jobs 1 --resume -o \(word(folder))/shard-\(shard)\n"
    }
    return """
      all: \(targets.joined(separator: " "))
      \tropescope batch \(word(plan)) -o \(word(folder)) --merge \(targets.map { word(folder) + "/" + $0 }.joined(separator: " "))

      .PHONY: all \(targets.joined(separator: " "))

      \(rules.joined(separator: "\n"))
      """
  }

  /// Quoted for a shell where it holds anything but plain characters.
  static func word(_ text: String) -> String {
    let plain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=,+%".contains($0)) }
    return plain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
