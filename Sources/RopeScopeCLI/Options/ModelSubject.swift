import RopeConfig
import RopeMath
import RopeJSON
import RopeReport
import RopeText

/// What a command line is about: a model, and what a serving or training command makes of it.
struct ModelSubject {
  /// As the reference reads it, the command's overrides applied.
  var reading: Reading
  /// What runtimes read; nil for a geometry from options.
  var declaration: Declaration?
  /// One configuration for each role of the command; empty where none is given.
  var effective: [EffectiveConfiguration] = []
  /// The role that `reading` is of.
  var chosen: EffectiveConfiguration?

  /// Which file stands for the one that the command names.
  var standIn: String?

  /// What a reader should know of how the command was understood.
  var notes: [String] {
    guard let chosen else { return [] }
    var notes = ["read as \(chosen.command.title)" + (chosen.role.map { ", role \($0)" } ?? "")]
    if effective.count > 1, let role = chosen.role {
      let others = effective.compactMap(\.role).filter { $0 != role }
      notes.append("the command has other roles: \(others.joined(separator: ", ")) (--role NAME)")
    }
    if let standIn { notes.append(standIn) }
    return notes + chosen.notes + chosen.findings.map { Language.english($0.message) }
  }

  /// The longest context that is asked for, else the model's own.
  var length: Int? { chosen?.servedLength ?? reading.window ?? reading.layerTypes.first?.geometry.trainedLength }

  /// The declaration of a model that rotates.
  ///
  /// - Throws: `RunError.noRotation` where nothing does.
  func rotating() throws -> Declaration {
    if let reason = reading.noRotation { throw RunError.noRotation(name: reading.name, reason: reason) }
    return try reading.runtimeDeclaration()
  }

  /// - Throws: `ConfigurationError` where the file names a scaling that no runtime and no model's own code knows.
  static func refuseUnknownScaling(_ reading: Reading) throws {
    let known = ScalingKeys.types + ScalingKeys.vendorTypes.keys.sorted() + ["su"]
    for value in reading.values where value.key == "rope_type" || value.key.hasSuffix(".rope_type") {
      guard let type = value.value.text, !known.contains(type) else { continue }
      throw ConfigurationError(
        .invalid, "no runtime knows the rope_type “\(type.excerpt(40))”\(Nearest.hint(type, in: known))",
        path: reading.declaration?.source.path, line: value.line, column: value.column, pointer: value.pointer)
    }
  }

  /// The runtime that the command starts, as an option names it: `vllm@0.11.0`.
  var runtime: String? { chosen?.runtimeText }

  /// A model as each role of a command has it; the model alone where no command is given.
  ///
  /// - Throws: `ConfigurationError` where an override or the scaling that it gives cannot be read.
  static func roles(of plain: Reading, _ commands: [Command], note: String? = nil) throws -> [ModelSubject] {
    try refuseUnknownScaling(plain)
    let effective = try commands.flatMap { try $0.effective(on: plain.declaration) }
    guard !effective.isEmpty else { return [ModelSubject(reading: plain, declaration: plain.declaration)] }
    return try effective.map { chosen in
      let reading = try RuntimeCatalogue.reference.read(chosen.declaration, source: plain.source, name: plain.name)
      try refuseUnknownScaling(reading)
      return ModelSubject(
        reading: reading, declaration: chosen.declaration, effective: effective, chosen: chosen, standIn: note)
    }
  }
}
