import RopeJSON

/// How SGLang merges `--json-model-override-args` (`srt/utils/hf_transformers_utils.py`, `get_config`).
///
/// Up to 0.5.19 a plain update of the top level; from 0.5.20 on a dictionary for a sub-configuration updates it, one
/// level deep; from 0.5.23 on a top-level scaling dictionary is merged into the one that was there. The base is part of
/// the dictionary from 0.5.10 on (transformers 5).
struct SGLangMerge {
  private let request: EffectiveRequest
  private var builder: EffectiveBuilder
  private let flag = "--json-model-override-args"

  init(_ request: EffectiveRequest, role: String? = nil) {
    self.request = request
    builder = EffectiveBuilder(request, role: role, runtime: "sglang", version: request.version)
  }

  private var hasUnifiedDictionary: Bool { !request.isBefore("0.5.10") }

  mutating func configuration() -> EffectiveConfiguration {
    configure()
    builder.takeLengths()
    return builder.configuration
  }

  mutating func configuration(_ adjust: (inout EffectiveBuilder) -> Void) -> EffectiveConfiguration {
    configure()
    adjust(&builder)
    return builder.configuration
  }

  mutating func configure() {
    guard let option = builder.command.option("json_model_override_args"), !option.isUnknown else { return }
    // A dictionary in YAML reaches the server as Python's text of it.
    if option.isPython
      || builder.command.tree != nil && option.node.members != nil && option.bytes.upperBound > 0
        && isNested(option)
    {
      builder.find(
        "not-json", .error,
        "\(flag) takes a text of JSON; what arrives is a Python dictionary, which json.loads refuses", at: option)
    }
    guard option.node.members != nil else {
      if !option.node.isNull {
        builder.find("not-json", .error, "\(flag) takes a JSON object, this is \(option.node.told)", at: option)
      }
      return
    }
    for member in option.node.members ?? [] { merge(member) }
  }

  /// Whether a YAML file gives the option as a mapping rather than as a text.
  private func isNested(_ option: CommandOption) -> Bool {
    guard let written = builder.command.tree?.member(option.spelling)?.node else { return false }
    return written.members != nil
  }

  private mutating func merge(_ member: JSONNode.Member) {
    let old = builder.root.member(member.key)?.node
    let isScaling = ["rope_scaling", "rope_parameters"].contains(member.key)
    if member.node.members != nil, old?.members != nil, member.key.isSubConfiguration {
      mergeNested(member)
    } else if builder.isComposite,
      isScaling || old == nil && builder.root.value(at: builder.textPath + [member.key]) != nil
    {
      let path = builder.textPath.joined(separator: ".")
      builder.find(
        "override-wrong-level", .error,
        """
        “\(member.key)” of \(flag) stands beside “\(path)”, where the language model is told: it reaches nothing. \
        Write it under “\(path)”
        """,
        at: member.keyBytes)
    } else if isScaling, member.node.members != nil {
      mergeScaling(member, at: [])
    } else if member.key == "rope_theta", hasUnifiedDictionary {
      builder.find(
        "override-no-effect", .warning,
        """
        “rope_theta” alone does nothing with transformers 5: the base stands in the dictionary. Write it inside \
        “rope_scaling”
        """,
        at: member.keyBytes)
    } else {
      builder.set([member.key], to: member.node, keyBytes: member.keyBytes)
    }
  }

  private mutating func mergeScaling(_ member: JSONNode.Member, at path: [String]) {
    guard hasUnifiedDictionary else {
      if member.key == "rope_parameters" {
        return builder.find(
          "override-no-effect", .warning, "“rope_parameters” is read by SGLang from 0.5.10 on. Write “rope_scaling”",
          at: member.keyBytes)
      }
      return builder.replaceScaling(member.node, .replacesDictionary, keyBytes: member.keyBytes, at: path, by: flag)
    }
    guard path.isEmpty, !request.isBefore("0.5.23") else {
      return builder.replaceScaling(
        member.node, key: member.key, .replacesParameters, keyBytes: member.keyBytes, at: path, by: flag)
    }
    let names = ["rope_parameters", "rope_scaling"]
    let standing = names.first { builder.root.member($0)?.node.members?.isEmpty == false }
    let old =
      standing.flatMap { builder.root.member($0)?.node } ?? JSONNode(value: .object([]), bytes: member.node.bytes)
    builder.replaceScaling(
      old.overlaid(with: builder.placed(member.node)), key: standing ?? member.key, .keepsMissing,
      keyBytes: member.keyBytes, at: path, by: flag)
  }

  private mutating func mergeNested(_ member: JSONNode.Member) {
    guard !request.isBefore("0.5.20") else {
      return builder.find(
        "override-breaks-load", .error,
        """
        before SGLang 0.5.20 the override replaces the whole “\(member.key)” by a bare dictionary: the model does \
        not load
        """,
        at: member.keyBytes)
    }
    for inner in member.node.members ?? [] {
      if ["rope_scaling", "rope_parameters"].contains(inner.key), inner.node.members != nil {
        mergeScaling(inner, at: [member.key])
      } else {
        builder.set([member.key, inner.key], to: inner.node, keyBytes: inner.keyBytes)
      }
    }
  }
}
