/// A value whose attributes a template may set, from within loops too.
final class TemplateNamespace {
  var values = TemplateMapping()
}

/// Where a loop is.
final class TemplateLoopState {
  let values: [TemplateValue]
  let depth: Int
  var index = 0
  /// What `changed` saw last.
  var last: [TemplateValue]?

  init(values: [TemplateValue], depth: Int) {
    self.values = values
    self.depth = depth
  }

  func attribute(_ name: String) -> TemplateValue? {
    switch name {
    case "index": .integer(index + 1)
    case "index0": .integer(index)
    case "revindex": .integer(values.count - index)
    case "revindex0": .integer(values.count - index - 1)
    case "first": .bool(index == 0)
    case "last": .bool(index + 1 == values.count)
    case "length": .integer(values.count)
    case "depth": .integer(depth + 1)
    case "depth0": .integer(depth)
    case "previtem": index > 0 ? values[index - 1] : .undefined("previtem")
    case "nextitem": index + 1 < values.count ? values[index + 1] : .undefined("nextitem")
    default: nil
    }
  }
}
