import Foundation
import RopeChart
import RopeMath

/// What a batch is asked to do: models × targets, each with the same methods. Read from YAML or JSON and checked whole
/// before anything runs.
public struct BatchPlan: Sendable, Equatable {
  /// Presets and paths, globs resolved, in the order given, each once.
  public var models: [String]
  /// SPECs, grids spelled out; nil for every method that is defined for the model.
  public var methods: [String]?
  /// Tokens.
  public var targets: [Int]
  /// Figure style of the reports.
  public var style: String
  public var seed: UInt64

  private static let keys = ["models", "methods", "targets", "evaluations", "check", "style", "seed"]

  /// - Parameters:
  ///   - path: where the text is from, for messages.
  ///   - find: the files that a glob names, sorted.
  /// - Throws: `BatchError` with line, column and key.
  public init(text: String, path: String, find: (String) -> [String] = BatchPlan.files) throws(BatchError) {
    let root = try PlanNode(text: text, path: path)
    let members = try root.members(Self.keys)
    guard let models = members["models"] else { throw root.error("the plan names no models; write models: [qwen2.5-7b]") }
    guard let targets = members["targets"] else { throw root.error("the plan names no targets; write targets: [32k, 128k]") }
    if let evaluations = members["evaluations"] {
      throw evaluations.error("evaluations are not run in a batch; use ropescope evaluate, and leave the key out")
    }
    self.models = try Self.models(models, find)
    self.targets = try Self.targets(targets)
    methods = try members["methods"].map { node throws(BatchError) in try Self.methods(node) }
    style = try members["style"].map { node throws(BatchError) in try Self.style(node) } ?? "report"
    if let check = members["check"], try check.flag() {
      // Findings are those of `ropescope check`, which a batch does not run by itself.
      throw check.error("check: true is not supported in a batch; run ropescope check on the files")
    }
    if let seed = members["seed"] {
      guard let number = UInt64(try seed.text()) else { throw seed.error("the seed is a whole number, 0 or more") }
      self.seed = number
    } else {
      seed = 0
    }
  }

  private static func models(_ node: PlanNode, _ find: (String) -> [String]) throws(BatchError) -> [String] {
    var models: [String] = []
    for entry in node.entries {
      let name = try entry.text()
      let isGlob = name.contains { "*?[".contains($0) }
      let found = isGlob ? find(name) : [name]
      guard !found.isEmpty else { throw entry.error("no file matches “\(name)”") }
      for model in found where !models.contains(model) { models.append(model) }
    }
    guard !models.isEmpty else { throw node.error("models is empty") }
    return models
  }

  private static func targets(_ node: PlanNode) throws(BatchError) -> [Int] {
    var targets: [Int] = []
    for entry in node.entries {
      guard let tokens = TokenCount.parse(try entry.text()) else {
        throw entry.error("“\(try entry.text())” is no length; write 4096, 4k, 128k or 1M")
      }
      if !targets.contains(tokens) { targets.append(tokens) }
    }
    guard !targets.isEmpty else { throw node.error("targets is empty") }
    return targets
  }

  private static func methods(_ node: PlanNode) throws(BatchError) -> [String] {
    var methods: [String] = []
    for entry in node.entries {
      for text in entry.isMapping ? try grid(entry) : [try entry.text()] where !methods.contains(text) {
        do {
          _ = try MethodSpecification.parse(text).parts.map { part throws(MethodError) in
            if part.id != "config" { _ = try MethodCatalogue.type(named: part.id) }
          }
        } catch {
          throw entry.error(error.description)
        }
        methods.append(text)
      }
    }
    guard !methods.isEmpty else { throw node.error("methods is empty; leave the key out for all methods") }
    return methods
  }

  /// `{method: yarn, factor: [2, 4], beta_fast: [32, 64]}`: every combination, the last key running fastest.
  private static func grid(_ node: PlanNode) throws(BatchError) -> [String] {
    guard let id = node.node["method"]?.string else {
      throw node.error("a grid needs the key method, as in {method: yarn, factor: [2, 4]}")
    }
    let card: MethodCard
    do { card = try MethodCatalogue.type(named: id).card } catch { throw node.error(error.description) }
    let members = try node.members(["method"] + card.parameters.map(\.key))
    var combinations = [[String]]([[]])
    for parameter in card.parameters.map(\.key) {
      guard let member = members[parameter] else { continue }
      var values: [String] = []
      for entry in member.entries { values.append(try entry.text()) }
      combinations = combinations.flatMap { start in values.map { start + ["\(parameter)=\($0)"] } }
      guard combinations.count <= 10_000 else { throw node.error("the grid has more than 10000 combinations") }
    }
    return combinations.map { $0.isEmpty ? card.id : card.id + ":" + $0.joined(separator: ",") }
  }

  private static func style(_ node: PlanNode) throws(BatchError) -> String {
    let id = try node.text(), known = FigureStyles.all.map(\.id)
    guard known.contains(id) else { throw node.error("no style is called “\(id)”\(Nearest.hint(id, in: known))") }
    return id
  }

  /// Regular files that a glob names, sorted.
  public static func files(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }.sorted()
  }
}
