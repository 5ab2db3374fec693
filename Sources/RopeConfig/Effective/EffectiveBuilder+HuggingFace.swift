import RopeJSON

extension EffectiveBuilder {
  /// How a value reaches a configuration object of transformers.
  enum Assignment {
    /// `from_pretrained(**kwargs)`: sub-configurations are merged.
    case keywords
    /// `setattr`: sub-configurations are replaced by a bare dictionary.
    case attributes
  }

  /// A key of the configuration set as transformers 5 takes it; dictionaries replace what was there.
  ///
  /// Run with the configuration classes of 4.57.6 and 5.24.0: a scaling dictionary without a base loses the base, a
  /// bare
  /// `rope_theta` changes nothing, a flat key of a model with a nested language model reaches nothing.
  mutating func assign(_ member: JSONNode.Member, _ assignment: Assignment, by what: String) {
    let key = member.key
    let old = root.member(key)?.node
    let isScaling = ["rope_scaling", "rope_parameters"].contains(key)
    if member.node.members != nil, old?.members != nil, key.isSubConfiguration {
      guard assignment == .keywords else {
        return find(
          "override-breaks-load", .error,
          "\(what) replaces the whole “\(key)” by a bare dictionary: the model does not load",
          at: member.keyBytes)
      }
      for inner in member.node.members ?? [] { assignNested(inner, in: key, by: what) }
    } else if isComposite, isScaling || old == nil && root.value(at: textPath + [key]) != nil {
      let path = textPath.joined(separator: ".")
      find(
        "override-wrong-level", .error,
        """
        “\(key)” stands beside “\(path)”, where the language model is told: it reaches nothing. Write it under \
        “\(path)”
        """,
        at: member.keyBytes)
    } else if isScaling, member.node.members != nil {
      replaceScaling(member.node, key: key, .replacesParameters, keyBytes: member.keyBytes, by: what)
    } else if key == "rope_theta" {
      find(
        "override-no-effect", .warning,
        """
        “rope_theta” alone does nothing with transformers 5: the base stands in rope_parameters. Write the whole \
        dictionary there
        """,
        at: member.keyBytes)
    } else {
      set([key], to: member.node, keyBytes: member.keyBytes)
    }
  }

  private mutating func assignNested(_ inner: JSONNode.Member, in key: String, by what: String) {
    if ["rope_scaling", "rope_parameters"].contains(inner.key), inner.node.members != nil {
      replaceScaling(inner.node, key: inner.key, .replacesParameters, keyBytes: inner.keyBytes, at: [key], by: what)
    } else {
      set([key, inner.key], to: inner.node, keyBytes: inner.keyBytes)
    }
  }

  /// Every member of a dictionary of keys.
  mutating func assign(all node: JSONNode?, _ assignment: Assignment, by what: String) {
    for member in node?.members ?? [] { assign(member, assignment, by: what) }
  }

  /// A trainer's own scaling with what it leaves out carried over, and the window that it sets.
  mutating func replaceScaling(
    _ members: [(String, JSONNode)], window: Double?, at option: CommandOption, windowAt place: CommandOption? = nil,
    by what: String
  ) {
    replaceScaling(Self.dictionary(members, at: option), .keepsMissing, keyBytes: option.bytes, by: what)
    if let window {
      setText(
        "max_position_embeddings", to: Self.derived(window, at: place ?? option), keyBytes: (place ?? option).bytes)
    }
  }
}
