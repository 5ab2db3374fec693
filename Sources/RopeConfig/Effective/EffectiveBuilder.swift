import RopeJSON
import RopeText

/// Puts an effective configuration together: the merged tree, the lengths, and what is to be said.
struct EffectiveBuilder {
  /// What happens to a model's scaling dictionary when another one is given.
  enum ScalingMerge {
    /// `rope_scaling` is another value from now on; the base stands beside it and stays (transformers 4).
    case replacesDictionary
    /// Base and rotated share are part of the dictionary and are lost with it (transformers 5).
    case replacesParameters
    /// Base and rotated share are carried over.
    case keepsMissing
  }

  let request: EffectiveRequest
  let role: String?
  var runtime: String?
  var runtimeVersion: RuntimeVersion?
  /// Keys that lead to the language model's part of the configuration.
  let textPath: [String]
  private(set) var root: JSONNode
  /// Which text the command's values count in.
  private let document: Int
  private var lengths: [CanonicalOption: (tokens: Int, option: CommandOption?)] = [:]
  private(set) var findings: [CommandFinding] = []
  var notes: [String] = []

  init(_ request: EffectiveRequest, role: String? = nil, runtime: String? = nil, version: RuntimeVersion? = nil) {
    self.request = request
    self.role = role
    self.runtime = runtime ?? request.command.format.runtime
    let isServer = request.command.format.kind == .server
    runtimeVersion = version ?? (runtime == nil && isServer ? request.version : nil)
    if let base = request.base {
      root = base.root.node
      textPath = JSONPointer.keys(base.text.pointer)
      document = base.overrides.count + 1
    } else {
      let source = request.command.source
      root = JSONNode(value: .object([]), bytes: 0..<min(1, source.bytes.count))
      textPath = []
      document = 0
    }
  }

  var command: Command { request.command }
  /// Whether the language model's part stands below the top level.
  var isComposite: Bool { !textPath.isEmpty }

  // MARK: Reading

  /// A key of the language model's part, else of the top level.
  func value(_ key: String) -> JSONNode? {
    if let own = root.value(at: textPath + [key]), !own.isNull { return own }
    return root.member(key)?.node
  }

  func number(_ key: String) -> Double? { value(key)?.finiteNumber }

  /// The scaling dictionary, of whichever name.
  var scaling: JSONNode? {
    for key in ["rope_scaling", "rope_parameters"] {
      if let found = root.value(at: textPath + [key]), found.members?.isEmpty == false { return found }
    }
    return nil
  }

  var scalingType: String? { scaling?.member("rope_type")?.node.string ?? scaling?.member("type")?.node.string }

  var window: Double? { number("max_position_embeddings") }

  /// The rotary base: the scaling dictionary's, else that beside the model's sizes.
  var base: Double? { scaling?.member("rope_theta")?.node.finiteNumber ?? number("rope_theta") }

  // MARK: Writing

  /// A value of the command's text as one of the merged tree.
  func placed(_ node: JSONNode) -> JSONNode { node.moved(to: document) }

  mutating func set(_ path: [String], to node: JSONNode, keyBytes: Range<Int>? = nil) {
    root = root.setting(path, to: placed(node), keyBytes: keyBytes)
  }

  /// A key beside the model's sizes.
  mutating func setText(_ key: String, to node: JSONNode, keyBytes: Range<Int>? = nil) {
    set(textPath + [key], to: node, keyBytes: keyBytes)
  }

  /// Another rotary base, wherever the file holds one.
  mutating func setBase(_ node: JSONNode, keyBytes: Range<Int>? = nil) {
    for key in ["rope_parameters", "rope_scaling"] where root.value(at: textPath + [key, "rope_theta"]) != nil {
      set(textPath + [key, "rope_theta"], to: node, keyBytes: keyBytes)
    }
    setText("rope_theta", to: node, keyBytes: keyBytes)
  }

  mutating func removeText(_ keys: String...) {
    for key in keys { root = root.setting(textPath + [key], to: nil) }
  }

  mutating func replaceRoot(_ node: JSONNode) { root = node }

  /// A number that a program derives, at the option that it derives it from.
  static func derived(_ value: Double, at option: CommandOption) -> JSONNode {
    JSONNode(value: .number(value, literal: JSONNumber.text(value)), bytes: option.node.bytes)
  }

  static func dictionary(_ members: [(String, JSONNode)], at option: CommandOption) -> JSONNode {
    JSONNode(
      value: .object(members.map { JSONNode.Member(key: $0.0, keyBytes: $0.1.bytes, node: $0.1) }),
      bytes: option.node.bytes)
  }

  static func word(_ text: String, at option: CommandOption) -> JSONNode {
    JSONNode(value: .string(text), bytes: option.node.bytes)
  }

  /// Gives the language model's part another scaling dictionary.
  ///
  /// - Parameter path: where the dictionary stands; the language model's own where left out.
  mutating func replaceScaling(
    _ dictionary: JSONNode, key: String = "rope_scaling", _ merge: ScalingMerge, keyBytes: Range<Int>? = nil,
    at path: [String]? = nil, by what: String
  ) {
    let path = path ?? textPath
    let object = root.value(at: path)
    let old = ["rope_parameters", "rope_scaling"].lazy.compactMap { object?.member($0)?.node }.first {
      $0.members?.isEmpty == false
    }
    func carried(_ name: String) -> (node: JSONNode, inside: Bool)? {
      if let inside = old?.member(name)?.node, !inside.isNull { return (inside, true) }
      if let outside = object?.member(name)?.node, !outside.isNull { return (outside, false) }
      return nil
    }
    switch merge {
    case .replacesDictionary:
      set(path + [key], to: dictionary, keyBytes: keyBytes)
    case .replacesParameters:
      for name in ["rope_theta", "partial_rotary_factor"] where dictionary.member(name) == nil {
        guard let lost = carried(name) else { continue }
        notes.append(
          """
          \(name) \(lost.node.phrase) of the file is lost: \(what) replaces the whole dictionary that holds it; the \
          class's default counts
          """)
      }
      for name in ["rope_scaling", "rope_parameters", "rope_theta", "partial_rotary_factor"] {
        root = root.setting(path + [name], to: nil)
      }
      set(path + [key], to: dictionary, keyBytes: keyBytes)
    case .keepsMissing:
      for name in ["rope_theta", "partial_rotary_factor"] where dictionary.member(name) == nil {
        guard let kept = carried(name), kept.inside else { continue }
        root = root.setting(path + [name], to: kept.node, keyBytes: kept.node.bytes)
      }
      for name in ["rope_scaling", "rope_parameters"] { root = root.setting(path + [name], to: nil) }
      set(path + [key], to: dictionary, keyBytes: keyBytes)
    }
  }

  // MARK: What is said

  mutating func find(_ kind: String, _ severity: CommandFinding.Severity, _ message: Message, at bytes: Range<Int>) {
    findings.append(
      CommandFinding(kind: kind, severity: severity, message: message, bytes: bytes, source: command.source))
  }

  mutating func find(_ kind: String, _ severity: CommandFinding.Severity, _ message: Message, at option: CommandOption)
  {
    find(kind, severity, message, at: option.bytes)
  }

  // MARK: Lengths

  mutating func take(_ meaning: CanonicalOption, from option: CommandOption?) {
    if let option, let tokens = option.length { lengths[meaning] = (tokens, option) }
  }

  mutating func take(_ meaning: CanonicalOption, _ tokens: Int?, from option: CommandOption? = nil) {
    if let tokens { lengths[meaning] = (tokens, option) }
  }

  /// The lengths under their own meanings.
  mutating func takeLengths() {
    for meaning: CanonicalOption in [.servedLength, .trainLength, .promptLength, .newTokens] {
      take(meaning, from: command.option(meaning))
    }
  }

  var configuration: EffectiveConfiguration {
    let declaration =
      request.base.map { $0.merged(root, from: $0.overrides + [command.source]) }
      ?? Declaration(command.source, root: DeclaredValue(key: "", node: root, pointer: ""))
    var result = EffectiveConfiguration(
      role: role, declaration: declaration, isFragment: request.base == nil, runtime: runtime,
      runtimeVersion: runtimeVersion, command: command)
    result.servedLength = lengths[.servedLength]?.tokens
    result.trainingLength = lengths[.trainLength]?.tokens
    result.promptLength = lengths[.promptLength]?.tokens
    result.newTokens = lengths[.newTokens]?.tokens
    result.options = lengths.compactMapValues(\.option)
    result.findings = findings
    result.notes = notes
    return result
  }
}
