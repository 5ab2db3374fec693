import Foundation

/// The files that a case is computed from, and what tells that they have changed.
struct CaseInputs {
  /// Hashes of files by path, as 32 hexadecimal digits; files that are missing or no regular files have none.
  let hashes: [String: String]
  /// Of everything that the case's files depend on: program, plan and inputs.
  let fingerprint: String

  /// - Parameter hash: of a file's content; nil where there is no regular file.
  init(_ entry: BatchCase, plan: BatchPlan, version: String, hash: (String) throws(BatchError) -> String?)
    throws(BatchError)
  {
    var hashes: [String: String] = [:]
    for path in Self.paths(entry.model, plan) { hashes[path] = try hash(path) }
    self.hashes = hashes
    var fingerprint = Fingerprint()
    for text in [version, entry.model, String(entry.target), String(plan.seed), plan.style] { fingerprint.add(text) }
    for text in plan.methods ?? ["all"] { fingerprint.add(text) }
    // What a plan does not ask for leaves no trace, so that adding a key changes only the plans that have it.
    if let evaluations = plan.evaluations { fingerprint.add("\(evaluations)") }
    if let check = plan.check { fingerprint.add("\(check)") }
    for (path, hash) in hashes.sorted(by: { $0.key < $1.key }) {
      fingerprint.add(path)
      fingerprint.add(hash)
    }
    self.fingerprint = fingerprint.text
  }

  private static func paths(_ model: String, _ plan: BatchPlan) -> [String] {
    var paths = ["config.json", "params.json"].map { model + "/" + $0 } + [model]
    if plan.check != nil, model.hasSuffix(".json") { paths.append(model.dropLast(5) + ".context.json") }
    if let evaluations = plan.evaluations {
      paths += evaluations.files
      if !model.hasSuffix(".gguf") {
        let folder =
          model.hasSuffix(".json") ? URL(fileURLWithPath: model).deletingLastPathComponent().relativePath : model
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        paths += names.filter { $0.hasSuffix(".safetensors") || $0.hasSuffix(".json") }.map { folder + "/" + $0 }
      }
    }
    // Files that methods name: key=@FILE and weights=FILE.
    for method in plan.methods ?? [] {
      for value in method.split(whereSeparator: { ",+:".contains($0) }) {
        if let file = value.split(separator: "=", maxSplits: 1).dropFirst().first {
          paths.append(String(file.hasPrefix("@") ? file.dropFirst() : file))
        }
      }
    }
    return paths
  }
}
