import RopeConfig
import RopeMath
import RopeText

enum NativeScalingReplaced: Rule {
  static let card = RuleCard(
    "native-scaling-replaced", .error, "The base model's own scaling is replaced by another",
    why: "The weights were trained under the first; its frequency map is thrown away.",
    fix: "Widen the native method (raise its factor) instead.",
    references: [
      "unslothai/unsloth#7028", "vllm-project/vllm#10537", "JIA-Lab-research/LongLoRA#113", "arcee-ai/mergekit#325",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 262144, \
        "rope_theta": 500000.0, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(base: "Llama-3.1-8B")),
      RuleExample(
        "",
        companions: [
          "serve.sh": """
          llama-server -m gpt-oss-20b.gguf -c 262144 --rope-scaling yarn --rope-scale 2 --yarn-orig-ctx 131072\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(base: "Llama-3.1-8B"))
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, let native = known.scaling, subject.isKnownForSure else { return [] }
    let override = subject.option("rope_scaling")?.object.map { DeclaredScaling(dictionary: $0) }
    guard let scaling = subject.scaling ?? override, !["default", "mrope", "proportional"].contains(scaling.type) else {
      return []
    }
    if scaling.type == native.type || native.type == "yarn" && scaling.isYarn {
      return narrowed(subject, scaling, known, native).map { [$0] } ?? []
    }
    // Without a stated base the file may be that of a model which was trained on with the other scaling.
    let isStated = subject.facts.base != nil
    let gap = gap(subject, scaling, known, native)
    let exception: Message = isStated ? "" : ", unless the weights were trained with this one"
    return [
      subject.finding(
        card, at: subject.scaling?.typePlace ?? subject.scaling?.dictionary,
        """
        \(known.name) was trained with \(native.type) ×\(Phrase.ratio(native.factor)); this replaces it by \
        \(scaling.title)\(Message.afterColon(gap)). Keep \(native.type) and raise its factor\(exception)
        """, severity: isStated ? .error : .warning)
    ]
  }

  /// A command that gives the same type a smaller factor: it counts from the shipped window as if nothing were scaled yet.
  private static func narrowed(
    _ subject: CheckSubject, _ scaling: DeclaredScaling, _ known: PublishedModel, _ native: PublishedScaling
  ) -> Finding? {
    guard subject.effective != nil, let shipped = subject.fileScaling, shipped.type == scaling.type,
      let own = shipped.factor, let factor = scaling.factor, factor < own, factor > 1,
      let original = subject.original(shipped).map(Phrase.tokens)
    else { return nil }
    let needed = own * max(1, Double(subject.target ?? known.nativeLength) / Double(known.nativeLength))
    let gap = Message.afterColon(gap(subject, scaling, known, native))
    return subject.finding(
      card, at: scaling.dictionary.member("factor") ?? scaling.dictionary,
      """
      \(known.name) ships \(shipped.title) over \(original) tokens, which this replaces by \(scaling.title)\(gap). \
      Write a factor of \(Phrase.ratio(needed)) over \(original)
      """)
  }

  /// How far the file's plan lies from the one that the model was trained with.
  private static func gap(
    _ subject: CheckSubject, _ scaling: DeclaredScaling, _ known: PublishedModel, _ native: PublishedScaling
  ) -> Message? {
    guard ["llama3", "yarn", "linear"].contains(native.type), let geometry = subject.geometry,
      let window = known.windows.first,
      let base = try? RotaryGeometry(
        headDimension: geometry.headDimension, rotaryDimension: geometry.rotaryDimension, base: known.base,
        trainedLength: known.trainedLength)
    else { return nil }
    var parameters: [String: ParameterValue] = ["factor": .number(native.factor)]
    if native.type != "linear" {
      parameters["original_max_position_embeddings"] = .number(Double(known.trainedLength))
    }
    let target = subject.target ?? subject.window ?? window
    let trained = subject.plan(MethodSpecification(native.type, parameters), base, at: target)
    if let own = subject.plan(at: target) { return subject.difference(own, from: trained) }
    // A part of a configuration has no plan of its own: of a factor alone the numbers are known.
    guard let factor = scaling.factor, ["dynamic", "linear"].contains(scaling.type),
      let here = try? RotaryGeometry(
        headDimension: geometry.headDimension, base: subject.theta ?? 10_000, trainedLength: known.trainedLength)
    else { return nil }
    let plain = MethodSpecification(scaling.type, ["factor": .number(factor)])
    return subject.difference(subject.plan(plain, here, at: target), from: trained)
  }
}
