import RopeJSON

extension CommandOption {
  /// How the words of a value become a tree.
  enum ValueSyntax: Sendable {
    /// JSON where it looks like it; Python's spelling is understood and marked.
    case json
    /// YAML's flow style, as Hydra and OmegaConf read it: `{rope_type: yarn}`.
    case yaml
  }

  /// A value from a word; its tree has the places of the source.
  init(
    _ canonical: CanonicalOption?, path: String, spelling: String, word: ShellWord, from start: Int? = nil,
    syntax: ValueSyntax, isEnvironment: Bool = false, source: SourceText
  ) {
    let bytes = (start ?? word.bytes.lowerBound)..<max(word.bytes.upperBound, start ?? word.bytes.lowerBound)
    var isPython = false
    var fault: ConfigurationError?
    var node = JSONNode(value: Self.scalar(word.text), bytes: word.bytes)
    let isUnknown = word.isUnknown || Self.isPlaceholder(word.text)
    if isUnknown {
      node = JSONNode(value: .string(word.text), bytes: word.bytes)
    } else if let first = word.text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" {
      let content = word.content
      let text = SourceText(bytes: content.bytes)
      switch syntax {
      case .json:
        do throws(ConfigurationError) {
          node = content.placed(try JSONParser.parse(text))
        } catch {
          if let python = PythonLiteral.read(content.bytes) {
            node = content.placed(python)
            isPython = true
          } else {
            fault = Self.restated(error, content, text, source)
          }
        }
      case .yaml:
        do throws(ConfigurationError) {
          node = content.placed(try YAMLReader.read(text))
        } catch {
          fault = Self.restated(error, content, text, source)
        }
      }
    }
    self.init(
      canonical, path: path, spelling: spelling, node: node, bytes: bytes, isUnknown: isUnknown,
      isEnvironment: isEnvironment, fault: fault, isPython: isPython)
  }

  /// `{wandb_token}`, or a dictionary with `<name>` for a value, which somebody is to fill in.
  private static func isPlaceholder(_ text: String) -> Bool {
    guard text.count > 2, text.hasPrefix("{"), text.hasSuffix("}") else { return false }
    if let start = text.firstRange(of: ": <")?.upperBound, let end = text[start...].firstIndex(of: ">") {
      return text[start..<end].allSatisfy { $0.isLetter || $0.isNumber || "_-. ".contains($0) }
    }
    return text.dropFirst().dropLast().allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The fault at its place in the source rather than in the word.
  private static func restated(
    _ error: ConfigurationError, _ content: PlacedText, _ text: SourceText, _ source: SourceText
  ) -> ConfigurationError {
    var offset = content.bytes.count
    if let line = error.line, let column = error.column {
      var lines = 1
      var columns = 1
      offset =
        content.bytes.firstIndex { byte in
          if lines == line, columns == column { return true }
          if byte == 0x0A {
            (lines, columns) = (lines + 1, 1)
          } else if byte & 0xC0 != 0x80 || columns == 1 {
            columns += 1
          }
          return false
        } ?? offset
    }
    let place = offset < content.origins.count ? content.origins[offset] : content.span.upperBound
    return source.error(.malformed, error.message.replacing("the file ends", with: "the text ends"), at: place)
  }

  /// What a word means on its own.
  static func scalar(_ text: String) -> JSONNode.Value {
    switch text {
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "null", "None": return .null
    default: break
    }
    if let first = text.utf8.first,
      first == UInt8(ascii: "-") || first == UInt8(ascii: ".") || (0x30...0x39).contains(first),
      text.utf8.allSatisfy({ "0123456789.eE+-_".utf8.contains($0) }),
      let number = Double(text.filter { $0 != "_" }), number.isFinite
    {
      return .number(number, literal: JSONNumber.text(number, literal: text))
    }
    return .string(text)
  }
}
