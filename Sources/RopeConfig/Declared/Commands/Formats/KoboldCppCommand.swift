import RealModule
import RopeJSON

extension CommandFormat {
  /// koboldcpp (`koboldcpp.py`, `gpttype_adapter.cpp`, version 1.84): `--ropeconfig SCALE [BASE]` replaces both numbers of
  /// the file; without it a base of 10,000 or 500,000 grows with the context that is asked for. No context is cut.
  static let koboldcpp = CommandFormat(
    name: "koboldcpp", title: "koboldcpp", kind: .server, runtime: "llama.cpp",
    programs: [
      ProgramPattern("koboldcpp*", takesPositional: false)
    ],
    options: [
      "model": .model, "model_param": .model, "contextsize": .servedLength, "overridenativecontext": .window,
      "ropeconfig": .factor,
      "ropeconfig_base": .theta,
    ],
    seconds: ["ropeconfig": "ropeconfig_base"],
    marks: ["contextsize", "ropeconfig", "overridenativecontext", "usecublas"], admitsAnyLength: true,
    document: { tree in
      tree.member("contextsize") != nil && (tree.member("model_param") ?? tree.member("ropeconfig")) != nil
    },
    stretching: "--contextsize LENGTH --ropeconfig 1.0 BASE",
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let command = request.command
      let native = command.option("overridenativecontext").flatMap { $0.number.map { $0 > 0 } == true ? $0 : nil }
      if let native { builder.setText("max_position_embeddings", to: native.node, keyBytes: native.bytes) }
      // A file of settings holds both numbers in a list.
      let pair = command.option("ropeconfig")?.node.elements ?? []
      if native == nil, let option = command.option("ropeconfig"),
        let scale = pair.first?.finiteNumber ?? option.number, scale > 0
      {
        let base = pair.count > 1 ? pair[1] : command.option("ropeconfig_base")?.node
        builder.replaceRope(scale, option, base: base)
      } else if command.option("ropeconfig")?.isUnknown != true {
        builder.raiseBase()
      }
      return [builder.configuration]
    })
}

extension EffectiveBuilder {
  /// `--ropeconfig SCALE [BASE]`: a base that is not given is 10,000.
  fileprivate mutating func replaceRope(_ scale: Double, _ option: CommandOption, base: JSONNode?) {
    let given = base.flatMap { node in node.finiteNumber.map { $0 > 0 } == true ? node : nil }
    setBase(given ?? Self.derived(10_000, at: option), keyBytes: given?.bytes ?? option.bytes)
    if scale != 1 {
      replaceScaling(
        Self.dictionary(
          [("rope_type", Self.word("linear", at: option)), ("factor", Self.derived(1 / scale, at: option))], at: option),
        .keepsMissing, keyBytes: option.bytes, by: "--ropeconfig")
    }
  }

  /// b^(ln(N/2π)/ln(L/2π)); nil where a length is too short for it.
  static func raised(_ base: Double, from window: Double, to wanted: Double) -> Double? {
    guard window > 7, wanted > window, base > 1 else { return nil }
    return Double.pow(base, .log(wanted / (2 * .pi)) / .log(window / (2 * .pi))).rounded()
  }

  /// The base that koboldcpp takes for a context beyond the file's window: b^(ln(N/2π)/ln(L/2π)), which gives the pair
  /// that just completes a turn in L tokens the same at N (after Gradient's rule; Solar's is another and not computed).
  fileprivate mutating func raiseBase() {
    guard let asked = command.option(.servedLength), let wanted = asked.length.map(Double.init), let window,
      wanted > window, wanted > 2048,
      scalingType == nil || ["default", "llama3"].contains(scalingType)
    else { return }
    let own = base ?? 10_000
    guard own == 10_000 || own == 500_000 else { return }
    guard let raised = Self.raised(own, from: window, to: wanted) else { return }
    setBase(Self.derived(raised, at: asked), keyBytes: asked.bytes)
    setText("max_position_embeddings", to: asked.node, keyBytes: asked.bytes)
    notes.append(
      """
      koboldcpp raises the base \(JSONNumber.text(own)) to \(JSONNumber.text(raised)) by itself for \(asked.spelling) \
      beyond the file's window
      """)
  }
}
