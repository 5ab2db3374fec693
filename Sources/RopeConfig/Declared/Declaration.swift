import RopeJSON

/// A configuration as it is written: the objects that matter for rotary embedding, nothing interpreted.
public struct Declaration: Sendable {
  public let source: SourceText
  /// Texts that were merged into the file's own, such as a command's overrides: `JSONNode.document` counts them from 1.
  public private(set) var overrides: [SourceText] = []
  /// The file's own tree, where others were merged into it.
  private var ownTree: JSONNode?
  /// How the file itself calls what stands at a pointer, where it is no JSON: the keys of a GGUF's metadata.
  public var writtenKeys: [String: String] = [:]
  public let root: DeclaredValue
  /// The object with the language model's dimensions: the root, or a nested `text_config`.
  public let text: DeclaredValue

  /// - Throws: `ConfigurationError` where the bytes are no JSON object.
  public init(_ source: SourceText) throws(ConfigurationError) {
    let node = try JSONParser.parse(source)
    guard node.members != nil else {
      throw source.error(
        .malformed, "a configuration is a JSON object, this is \(node.phrase)", at: node.bytes.lowerBound, pointer: "")
    }
    try HostileValues.refuse(in: node, of: source, looksAtNumbers: false)
    self.init(source, root: DeclaredValue(key: "", node: node, pointer: ""))
  }

  /// A configuration that is part of a larger document, such as the overrides in a trainer's file.
  public init(_ source: SourceText, root: DeclaredValue) {
    self.source = source
    self.root = DeclaredValue(
      key: root.key, node: MakersParameters.translated(root.node), pointer: root.pointer)
    text = FamilySection.text(of: self.root) ?? Self.textConfiguration(of: self.root, depth: 0) ?? self.root
  }

  /// A configuration that stands in no text, such as the metadata of a GGUF file.
  ///
  /// - Throws: `ConfigurationError` where `root` is no object.
  public init(root: JSONNode, path: String?) throws(ConfigurationError) {
    guard root.members != nil else {
      throw ConfigurationError(.malformed, "a configuration is an object, this is \(root.phrase)", path: path)
    }
    source = SourceText(bytes: [], path: path)
    self.root = DeclaredValue(key: "", node: root, pointer: "")
    text = FamilySection.text(of: self.root) ?? Self.textConfiguration(of: self.root, depth: 0) ?? self.root
  }

  /// Multimodal configurations nest the language model's under one of these names.
  private static let nestingKeys = [
    "text_config", "llm_config", "language_config", "thinker_config", "language_model", "transformer_layer_config",
  ]

  private static func textConfiguration(of value: DeclaredValue, depth: Int) -> DeclaredValue? {
    guard depth < 3, let nested = value.member(anyOf: nestingKeys), nested.node.members != nil else { return nil }
    return textConfiguration(of: nested, depth: depth + 1) ?? nested
  }

  /// A key of the text configuration, else of the root.
  public func value(anyOf keys: [String]) -> DeclaredValue? {
    text.member(anyOf: keys) ?? (text.pointer.isEmpty ? nil : root.member(anyOf: keys))
  }

  /// Whether a dictionary of scaling stands in the file, an empty one included.
  var hasDictionary: Bool { value(anyOf: ["rope_scaling", "rope_parameters"]) != nil }

  public func error(_ message: String, at value: DeclaredValue) -> ConfigurationError {
    guard let text = text(of: value.node) else {
      return ConfigurationError(.invalid, message, path: source.path, pointer: value.pointer)
    }
    return text.error(.invalid, message, at: value.node.bytes.lowerBound, pointer: value.pointer)
  }

  // MARK: Places

  /// The text that a value stands in; nil for values that no text holds.
  public func text(of node: JSONNode) -> SourceText? {
    if node.document == 0 { return source.bytes.isEmpty ? nil : source }
    return overrides.indices.contains(node.document - 1) ? overrides[node.document - 1] : nil
  }

  /// This file with another tree, of which parts stand in other texts: `node.document` 1 is the first of `texts`.
  public func merged(_ root: JSONNode, from texts: [SourceText]) -> Declaration {
    var result = Declaration(source, root: DeclaredValue(key: "", node: root, pointer: ""))
    result.overrides = texts
    result.ownTree = ownTree ?? self.root.node
    return result
  }

  /// The file before anything was merged into it; itself where nothing was.
  public var unmerged: Declaration {
    ownTree.map { Declaration(source, root: DeclaredValue(key: "", node: $0, pointer: "")) } ?? self
  }

  // MARK: Typed reading

  public func number(_ value: DeclaredValue?) throws(ConfigurationError) -> Double? {
    guard let value else { return nil }
    guard case .number(let number, _) = value.node.value else {
      throw error("“\(value.key)” is \(value.node.phrase), expected a number", at: value)
    }
    guard number.isFinite else {
      throw error("“\(value.key)” is \(value.node.phrase), expected a finite number", at: value)
    }
    return number
  }

  /// A whole number within bounds. A spelling with a fraction of zero (4096.0) is refused, as the model classes do,
  /// unless `acceptsFraction`.
  public func integer(
    _ value: DeclaredValue?, in range: ClosedRange<Int>, acceptsFraction: Bool = false
  ) throws(ConfigurationError) -> Int? {
    guard let value, let number = try number(value) else { return nil }
    guard case .number(_, let literal) = value.node.value, number == number.rounded(),
      acceptsFraction || !literal.contains(where: { ".eE".contains($0) })
    else { throw error("“\(value.key)” is \(value.node.phrase), expected a whole number", at: value) }
    guard number >= Double(range.lowerBound), number <= Double(range.upperBound), let integer = Int(exactly: number),
      range.contains(integer)
    else {
      throw error(
        "“\(value.key)” is \(value.node.phrase), expected \(range.lowerBound) … \(range.upperBound)", at: value)
    }
    return integer
  }

  public func flag(_ value: DeclaredValue?) throws(ConfigurationError) -> Bool? {
    guard let value else { return nil }
    guard case .bool(let flag) = value.node.value else {
      throw error("“\(value.key)” is \(value.node.phrase), expected true or false", at: value)
    }
    return flag
  }

  public func text(_ value: DeclaredValue?) throws(ConfigurationError) -> String? {
    guard let value else { return nil }
    guard case .string(let text) = value.node.value else {
      throw error("“\(value.key)” is \(value.node.phrase), expected a text", at: value)
    }
    return text
  }

  public func numbers(_ value: DeclaredValue?) throws(ConfigurationError) -> [Double]? {
    guard let value else { return nil }
    guard let elements = value.node.elements else {
      throw error("“\(value.key)” is \(value.node.phrase), expected a list of numbers", at: value)
    }
    var numbers: [Double] = []
    for (index, element) in elements.enumerated() {
      let entry = DeclaredValue(key: "\(value.key)[\(index)]", node: element, pointer: "\(value.pointer)/\(index)")
      if let number = try number(entry) { numbers.append(number) }
    }
    return numbers
  }
}
