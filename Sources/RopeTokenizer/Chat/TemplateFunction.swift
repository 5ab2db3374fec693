/// Something that can be called.
struct TemplateFunction {
  let name: String
  let call: (TemplateCall) throws(ChatTemplateError) -> TemplateValue
}

/// The values of a call.
struct TemplateCall {
  var plain: [TemplateValue]
  var named: [(name: String, value: TemplateValue)]
  let line: Int

  /// The argument at a place or under a name; nil where it is not given.
  func value(_ place: Int, _ name: String) -> TemplateValue? {
    plain.indices.contains(place) ? plain[place] : named.last { $0.name == name }?.value
  }

  func fail(_ message: String) -> ChatTemplateError { ChatTemplateError(.value, message, line: line) }

  func text(_ place: Int, _ name: String) throws(ChatTemplateError) -> String {
    guard case .text(let text)? = value(place, name) else { throw fail("“\(name)” is missing, or no text") }
    return text
  }

  func integer(_ place: Int, _ name: String, or other: Int) throws(ChatTemplateError) -> Int {
    guard let value = value(place, name) else { return other }
    guard let integer = value.asInteger else { throw fail("“\(name)” is \(value.kind), a whole number is expected") }
    return integer
  }
}
