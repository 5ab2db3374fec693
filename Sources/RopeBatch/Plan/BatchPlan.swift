import Foundation
import RopeChart
import RopeJSON
import RopeMath

/// What a batch is asked to do: models × targets, each with the same methods, evaluations and checks. Read from YAML or
/// JSON and checked whole before anything runs.
package struct BatchPlan: Sendable, Equatable {
  /// Presets and paths, globs resolved, in the order given, each once.
  package var models: [String]
  /// SPECs, grids spelled out; nil for every method that is defined for the model.
  package var methods: [String]?
  /// Tokens.
  package var targets: [Int]
  package var evaluations: EvaluationPlan?
  package var check: CheckPlan?
  /// Figure style of the reports.
  package var style: String
  package var seed: UInt64
  /// The plan's file, for messages.
  package let path: String
  /// Where models and the files of evaluations are named.
  package private(set) var places: [String: PlanPlace] = [:]

  private static let keys = ["models", "methods", "targets", "evaluations", "check", "style", "seed"]

  /// - Parameters:
  ///   - path: where the text is from, for messages.
  ///   - find: the files that a glob names, sorted; the disk's where left out.
  ///   - loadNumbers: how `key=@FILE.json` in a method is read.
  /// - Throws: `BatchError` with line, column and key.
  package init(
    text: String, path: String, find: (String) throws(FilePattern.TooMany) -> [String] = FilePattern.files,
    loadNumbers: MethodSpecification.NumberLoader = MethodSpecification.refuseFiles
  ) throws(BatchError) {
    let root = try PlanNode(text: text, path: path)
    let members = try root.members(Self.keys)
    guard let models = members["models"] else {
      throw root.error("the plan names no models; write models: [qwen2.5-7b]")
    }
    guard let targets = members["targets"] else {
      throw root.error("the plan names no targets; write targets: [32k, 128k]")
    }
    self.path = path
    (self.models, places) = try Self.models(models, find)
    self.targets = try targets.values { entry throws(BatchError) in try entry.tokens() }
    methods = try members["methods"].map { node throws(BatchError) in try Self.methods(node, loadNumbers) }
    style = try members["style"].map { node throws(BatchError) in try Self.style(node) } ?? "report"
    if let seed = members["seed"] {
      guard let number = UInt64(try seed.text()) else { throw seed.error("the seed is a whole number, 0 or more") }
      self.seed = number
    } else {
      seed = 0
    }
    if let node = members["evaluations"] {
      let evaluations = try EvaluationPlan(node, seed: self.seed)
      for file in evaluations.files { places[file] = node.place }
      self.evaluations = evaluations
    }
    if let node = members["check"] { check = try CheckPlan.read(node) }
  }

  private static func models(
    _ node: PlanNode, _ find: (String) throws(FilePattern.TooMany) -> [String]
  ) throws(BatchError) -> ([String], [String: PlanPlace]) {
    var models: [String] = []
    var places: [String: PlanPlace] = [:]
    for entry in node.entries {
      let name = try entry.text()
      guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
        throw entry.error("a model's name holds a control character")
      }
      let isGlob = name.contains { "*?[".contains($0) } && !FileManager.default.fileExists(atPath: name)
      let found: [String]
      if isGlob {
        do throws(FilePattern.TooMany) { found = try find(name) } catch {
          throw entry.error(
            "“\(name)” asks for more than \(FilePattern.mostEntries) entries of folders; name the folder")
        }
      } else {
        found = [name]
      }
      guard !found.isEmpty else { throw entry.error("no file matches “\(name)”") }
      for model in found where places[model] == nil {
        models.append(model)
        places[model] = entry.place
      }
    }
    guard !models.isEmpty else { throw node.error("models is empty") }
    return (models, places)
  }

  private static func methods(
    _ node: PlanNode, _ loadNumbers: MethodSpecification.NumberLoader
  ) throws(BatchError) -> [String] {
    var methods: [String] = []
    for entry in node.entries {
      for text in entry.isMapping ? try grid(entry) : [try entry.text()] where !methods.contains(text) {
        do {
          _ = try MethodSpecification.parse(text, loadNumbers: loadNumbers).parts.map { part throws(MethodError) in
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
    guard case .string(let id)? = node.node.member("method")?.node.value else {
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
    let id = try node.text()
    let known = FigureStyles.all.map(\.id)
    guard known.contains(id) else { throw node.error("no style is called “\(id)”\(Nearest.hint(id, in: known))") }
    return id
  }
}
