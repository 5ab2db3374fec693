import RopeJSON

/// How vLLM merges overrides, release by release.
///
/// `--hf-overrides` exists since 0.6.4. Up to 0.11.0 it updates the configuration's top level; from 0.11.1 on a
/// dictionary for a sub-configuration is merged into it, other dictionaries replace the value that was there, and
/// nothing is translated afterwards. `--rope-scaling` and `--rope-theta` are gone from 0.11.1 on. Transformers 5 is
/// possible from 0.19.1 on and required from 0.24. Source: `vllm/config/model.py`, `vllm/engine/arg_utils.py`,
/// `vllm/transformers_utils/config.py` of the releases.
struct VLLMMerge {
  private var request: EffectiveRequest
  private var builder: EffectiveBuilder
  private let isAssumed: Bool

  private static let removed = "0.11.1"

  init(_ request: EffectiveRequest, role: String? = nil) {
    var request = request
    let legacy = request.command.options.contains { option in
      !option.isEnvironment
        && (["rope_scaling", "rope_theta"].contains(option.path) || option.path.hasPrefix("rope_scaling."))
    }
    isAssumed = request.version == nil && legacy
    if isAssumed { request = request.with(version: "0.11.0") }
    self.request = request
    builder = EffectiveBuilder(request, role: role, runtime: "vllm", version: request.version)
  }

  /// Whether the base is part of the scaling dictionary, as in transformers 5.
  private var hasUnifiedDictionary: Bool { !request.isBefore("0.19.1") }

  mutating func configure() {
    // The parameters of Mistral's own format say the same, and are read.
    if let format = given("config_format"), format.text == "mistral",
      let beta = builder.scaling?.member("llama_4_scaling_beta")
    {
      builder.setText("llama_4_scaling", to: beta.node, keyBytes: format.bytes)
    }
    applyOverrides()
    for name in ["rope_scaling", "rope_theta"] {
      guard let option = given(name), !option.isEnvironment else { continue }
      let flag = "--" + name.replacing("_", with: "-")
      if !request.isBefore(Self.removed) {
        builder.find(
          "option-gone", .error,
          "vLLM has no \(flag) from \(Self.removed) on: the server stops at it. Write the same under --hf-overrides",
          at: option)
        continue
      }
      if isAssumed {
        builder.find(
          "option-gone", .warning,
          """
          \(flag) is gone from vLLM \(Self.removed) on; the command is read as one for 0.11.0. Write the same under \
          --hf-overrides
          """,
          at: option)
      }
      if name == "rope_scaling" {
        takeRopeScaling(option)
      } else if builder.isComposite {
        reachesNothing("rope_theta", flag, at: option.bytes)
      } else if option.number != nil {
        builder.set(["rope_theta"], to: option.node, keyBytes: option.bytes)
      }
    }
  }

  mutating func configuration() -> EffectiveConfiguration {
    configure()
    builder.takeLengths()
    return builder.configuration
  }

  /// The same where the lengths come from elsewhere, as in a trainer's own engine.
  mutating func configuration(_ adjust: (inout EffectiveBuilder) -> Void) -> EffectiveConfiguration {
    configure()
    adjust(&builder)
    return builder.configuration
  }

  // MARK: Options of old releases

  private mutating func takeRopeScaling(_ option: CommandOption) {
    guard option.node.members != nil else { return refuseText(option) }
    if option.isPython { refusePython(option) }
    guard !builder.isComposite else { return reachesNothing("rope_scaling", "--rope-scaling", at: option.bytes) }
    warnOfType(option.node, "--rope-scaling")
    builder.replaceScaling(option.node, .replacesDictionary, keyBytes: option.bytes, by: "--rope-scaling")
  }

  // MARK: --hf-overrides

  private mutating func applyOverrides() {
    guard let option = given("hf_overrides") else { return }
    guard !request.isBefore("0.6.4") else {
      return builder.find("option-gone", .error, "vLLM has --hf-overrides from 0.6.4 on only", at: option)
    }
    if let whole = builder.command.option("hf_overrides") {
      if whole.isPython { refusePython(whole) }
      if whole.node.members != nil, whole.bytes != option.bytes {
        builder.find(
          "option-lost", .warning,
          "the options --hf-overrides.… that follow replace this dictionary: what it says is lost", at: whole)
      }
    }
    guard !option.isUnknown, !option.node.isNull else { return }
    guard option.node.members != nil else { return refuseText(option) }
    merge(option.node)
  }

  /// An option that takes a dictionary, at once or key by key: `--hf-overrides.rope_parameters.factor 4`.
  private func given(_ name: String) -> CommandOption? {
    let mark = (name.split(separator: "_").last.map(String.init) ?? name) + "."
    let dotted = builder.command.options.filter { $0.path.hasPrefix(name + ".") && $0.spelling.contains(mark) }
    guard let first = dotted.first, let last = dotted.last else { return builder.command.option(name) }
    let tree = dotted.reduce(JSONNode(value: .object([]), bytes: first.bytes)) { tree, option in
      tree.setting(
        option.path.split(separator: ".").dropFirst().map(String.init), to: option.node, keyBytes: option.bytes)
    }
    return CommandOption(
      nil, path: name, spelling: "--" + name.replacing("_", with: "-"), node: tree,
      bytes: first.bytes.lowerBound..<max(first.bytes.upperBound, last.bytes.upperBound),
      isUnknown: dotted.contains(where: \.isUnknown))
  }

  /// Whether the model's class looks for `max_model_len`: one does (`vllm/model_executor/models/config.py`).
  private var looksForLength: Bool {
    builder.root.member("model_type")?.node.string == "nomic_bert"
      || builder.command.modelReference.flatMap(PublishedModel.named)?.name == "nomic-embed"
  }

  private mutating func merge(_ overrides: JSONNode) {
    for member in overrides.members ?? [] {
      let old = builder.root.member(member.key)?.node
      if member.key == "max_model_len" {
        guard !looksForLength else { continue }
        builder.find(
          "override-no-effect", .warning, "“max_model_len” does nothing inside --hf-overrides. Write --max-model-len",
          at: member.keyBytes)
      } else if ["rope_scaling", "rope_parameters"].contains(member.key) {
        mergeScaling(member)
      } else if member.node.members != nil, old?.members != nil, member.key.isSubConfiguration {
        mergeNested(member)
      } else if builder.isComposite, old == nil, builder.root.value(at: builder.textPath + [member.key]) != nil {
        reachesNothing(member.key, "--hf-overrides", at: member.keyBytes)
      } else if member.key == "rope_theta", member.node.members == nil {
        mergeTheta(member)
      } else {
        builder.set([member.key], to: member.node, keyBytes: member.keyBytes)
      }
    }
  }

  private mutating func mergeTheta(_ member: JSONNode.Member) {
    guard !hasUnifiedDictionary else {
      return builder.find(
        "override-no-effect", .warning,
        """
        “rope_theta” alone does nothing with transformers 5: the base stands in the dictionary already. Write the whole \
        dictionary under “rope_parameters”
        """, at: member.keyBytes)
    }
    builder.set(["rope_theta"], to: member.node, keyBytes: member.keyBytes)
    if builder.root.value(at: ["rope_parameters", "rope_theta"]) != nil {
      builder.set(["rope_parameters", "rope_theta"], to: member.node, keyBytes: member.keyBytes)
    }
  }

  private mutating func mergeScaling(_ member: JSONNode.Member) {
    guard !builder.isComposite else { return reachesNothing(member.key, "--hf-overrides", at: member.keyBytes) }
    guard member.node.members != nil else {
      builder.set([member.key], to: member.node, keyBytes: member.keyBytes)
      return
    }
    warnOfType(member.node, "--hf-overrides")
    if hasUnifiedDictionary {
      return builder.replaceScaling(
        member.node, key: member.key, .replacesParameters, keyBytes: member.keyBytes, by: "--hf-overrides")
    }
    switch (member.key, request.isBefore("0.12.0")) {
    case ("rope_scaling", true):
      builder.replaceScaling(member.node, .replacesDictionary, keyBytes: member.keyBytes, by: "--hf-overrides")
    case ("rope_scaling", false):
      builder.find(
        "override-no-effect", .warning,
        """
        “rope_scaling” as an override comes after rope_parameters is built in vLLM 0.12 to 0.18 and changes no rotation. \
        Write “rope_parameters”
        """, at: member.keyBytes)
    case (_, true):
      builder.find(
        "override-no-effect", .warning, "“rope_parameters” is read by vLLM from 0.12 on. Write “rope_scaling”",
        at: member.keyBytes)
    default:
      builder.replaceScaling(
        member.node, key: member.key, .replacesParameters, keyBytes: member.keyBytes, by: "--hf-overrides")
    }
  }

  /// A sub-configuration keeps what the override does not name.
  private mutating func mergeNested(_ member: JSONNode.Member) {
    guard !request.isBefore("0.11.1") else {
      return builder.find(
        "override-breaks-load", .error,
        """
        before vLLM 0.11.1 the override replaces the whole “\(member.key)” by a bare dictionary: the model does not \
        load
        """,
        at: member.keyBytes)
    }
    var updates = member.node
    // One dictionary under two names: the new values go where the old ones stand.
    if let old = builder.root.member(member.key)?.node {
      let standing = ["rope_parameters", "rope_scaling"].first { old.member($0)?.node.members?.isEmpty == false }
      for name in ["rope_parameters", "rope_scaling"] {
        guard let given = updates.member(name), given.node.members != nil else { continue }
        if let standing, standing != name {
          updates = updates.setting([name], to: nil).setting([standing], to: given.node, keyBytes: given.keyBytes)
        }
      }
    }
    let merged = builder.root.member(member.key)?.node.deeplyOverlaid(with: builder.placed(updates))
    if let merged {
      builder.replaceRoot(
        builder.root.setting([member.key], to: merged, keyBytes: builder.root.member(member.key)?.keyBytes))
    }
  }

  // MARK: What is said

  private mutating func reachesNothing(_ key: String, _ flag: String, at bytes: Range<Int>) {
    let path = builder.textPath.joined(separator: ".")
    builder.find(
      "override-wrong-level", .error,
      """
      “\(key)” of \(flag) stands beside “\(path)”, where the language model is told: it reaches nothing. Write it \
      under “\(path)”
      """,
      at: bytes)
  }

  private mutating func refusePython(_ option: CommandOption) {
    builder.find(
      "not-json", .error, "\(option.spelling) takes JSON; this is a Python dictionary (write double quotes)", at: option
    )
  }

  private mutating func refuseText(_ option: CommandOption) {
    guard !option.isUnknown else { return }
    builder.find(
      "not-json", .error, "\(option.spelling) takes a JSON object, this is \(option.node.told)", at: option)
  }

  private mutating func warnOfType(_ dictionary: JSONNode, _ flag: String) {
    let isTranslated = request.isBefore("0.6.6") || !request.isBefore("0.10.0") && request.isBefore("0.11.1")
    guard !isTranslated, dictionary.member("rope_type") == nil, let type = dictionary.member("type") else { return }
    builder.find(
      "type-not-translated", .warning,
      """
      “type” inside \(flag) is set after the old key is translated: the server stops (KeyError 'rope_type'). Write \
      “rope_type”
      """,
      at: type.keyBytes)
  }
}
