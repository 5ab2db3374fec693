/// What is computed inside braces.
struct TemplateExpression {
  indirect enum Kind {
    case constant(TemplateValue)
    case name(String)
    case list([TemplateExpression])
    case mapping([(key: TemplateExpression, value: TemplateExpression)])
    /// `-`, `+` or `not`.
    case unary(String, TemplateExpression)
    /// Arithmetic, `~`, `and`, `or`.
    case binary(String, TemplateExpression, TemplateExpression)
    /// One after the other, as `1 < x <= 3`; `in` and `not in` among them.
    case comparison(TemplateExpression, [(symbol: String, value: TemplateExpression)])
    case conditional(TemplateExpression, then: TemplateExpression, otherwise: TemplateExpression?)
    /// `x.name`: what belongs to the value before what it holds under the name.
    case attribute(TemplateExpression, String)
    /// `x[key]`
    case item(TemplateExpression, TemplateExpression)
    case slice(TemplateExpression, from: TemplateExpression?, to: TemplateExpression?, step: TemplateExpression?)
    case call(TemplateExpression, TemplateArguments)
    case filter(TemplateExpression, String, TemplateArguments)
    case test(TemplateExpression, String, TemplateArguments, isNegated: Bool)
  }

  let kind: Kind
  let line: Int
}

/// What a call is given.
struct TemplateArguments {
  var plain: [TemplateExpression] = []
  var named: [(name: String, value: TemplateExpression)] = []
}

/// What a template does, step by step.
indirect enum TemplateStatement {
  case text(String, line: Int)
  case output(TemplateExpression)
  case condition([(test: TemplateExpression, body: [TemplateStatement])], otherwise: [TemplateStatement])
  case loop(TemplateLoop)
  /// One value, or the entries of one for each target.
  case assignment([TemplateTarget], TemplateExpression)
  /// What a body writes, after filters.
  case capture(TemplateTarget, [(name: String, arguments: TemplateArguments, line: Int)], body: [TemplateStatement])
  case macro(TemplateMacro)
  /// What a body writes, filtered and written.
  case filtered([(name: String, arguments: TemplateArguments, line: Int)], body: [TemplateStatement])
  /// A body with names of its own.
  case scope([(name: String, value: TemplateExpression)], body: [TemplateStatement])
  case breakLoop
  case continueLoop
}

/// Where a value goes: a name, or an attribute of a namespace.
enum TemplateTarget {
  case name(String)
  case attribute(of: String, String, line: Int)
}

struct TemplateLoop {
  let targets: [TemplateTarget]
  let values: TemplateExpression
  /// Entries that it goes over; all where nil.
  let condition: TemplateExpression?
  let body: [TemplateStatement]
  let otherwise: [TemplateStatement]
}

struct TemplateMacro {
  let name: String
  let parameters: [(name: String, value: TemplateExpression?)]
  let body: [TemplateStatement]
}
