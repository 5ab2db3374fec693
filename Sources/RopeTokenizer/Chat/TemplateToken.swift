/// A piece of a template: text, or what stands between two braces.
enum TemplatePiece {
  case text(String, line: Int)
  /// `{{ … }}`
  case output([TemplateToken], line: Int)
  /// `{% … %}`
  case block([TemplateToken], line: Int)
}

/// A word of the language of expressions.
struct TemplateToken: Hashable {
  enum Kind: Hashable {
    case name(String)
    case text(String)
    case integer(Int)
    case number(Double)
    case symbol(String)
  }

  let kind: Kind
  let line: Int

  /// What messages call it.
  var phrase: String {
    switch kind {
    case .name(let name): "“\(name.prefix(40))”"
    case .text(let text): "the text “\(text.prefix(40))”"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .symbol(let symbol): "“\(symbol)”"
    }
  }
}
