/// The functions that every template has.
enum TemplateGlobals {
  /// Entries of a range at most, as Jinja's sandbox has it.
  private static let longestRange = 100_000

  static func functions(date: ChatDate?) -> [TemplateFunction] {
    var functions = [
      TemplateFunction(name: "raise_exception") { (call) throws(ChatTemplateError) in
        throw ChatTemplateError(.raised, call.plain.first?.string ?? "", line: call.line)
      },
      TemplateFunction(name: "namespace") { (call) throws(ChatTemplateError) in
        let namespace = TemplateNamespace()
        if case .mapping(let mapping)? = call.plain.first { namespace.values = mapping }
        for entry in call.named {
          guard !entry.name.hasPrefix("_") else { throw call.fail("a namespace has no attribute “\(entry.name)”") }
          namespace.values[entry.name] = entry.value
        }
        return .namespace(namespace)
      },
      TemplateFunction(name: "dict") { (call) throws(ChatTemplateError) in
        var mapping = TemplateMapping()
        if case .mapping(let given)? = call.plain.first { mapping = given }
        for entry in call.named { mapping[entry.name] = entry.value }
        return .mapping(mapping)
      },
      TemplateFunction(name: "range") { (call) throws(ChatTemplateError) in
        let bounds = call.plain.compactMap(\.asInteger)
        guard (1...3).contains(bounds.count), bounds.count == call.plain.count else {
          throw call.fail("“range” wants one to three whole numbers")
        }
        let from = bounds.count > 1 ? bounds[0] : 0, to = bounds.count > 1 ? bounds[1] : bounds[0]
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0 else { throw call.fail("“range” has a step of 0") }
        var values: [TemplateValue] = [], next = from
        while step > 0 ? next < to : next > to {
          guard values.count < longestRange else {
            throw ChatTemplateError(.budget, "the range has more than \(longestRange) entries", line: call.line)
          }
          values.append(.integer(next))
          let (sum, isTooLarge) = next.addingReportingOverflow(step)
          guard !isTooLarge else { break }
          next = sum
        }
        return .list(values)
      },
    ]
    if let date {
      functions.append(
        TemplateFunction(name: "strftime_now") { (call) throws(ChatTemplateError) in
          .text(try text(of: date, in: try call.text(0, "format"), call))
        })
    }
    return functions
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  private static func text(
    of date: ChatDate, in format: String, _ call: TemplateCall
  ) throws(ChatTemplateError) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var result = "", isField = false
    for scalar in format.unicodeScalars {
      guard isField else {
        if scalar == "%" { isField = true } else { result.unicodeScalars.append(scalar) }
        continue
      }
      isField = false
      switch scalar {
      case "Y": result += "\(date.year)"
      case "y": result += two(date.year % 100)
      case "m": result += two(date.month)
      case "d": result += two(date.day)
      case "B": result += months[date.month - 1]
      case "b", "h": result += String(months[date.month - 1].prefix(3))
      case "A": result += weekdays[weekday(of: date)]
      case "a": result += String(weekdays[weekday(of: date)].prefix(3))
      case "H", "M", "S": result += "00"
      case "%": result += "%"
      default: throw call.fail("the field “%\(scalar)” of a date is not done here")
      }
    }
    return result
  }

  /// 0 is Sunday (Sakamoto).
  private static func weekday(of date: ChatDate) -> Int {
    let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4], year = date.month < 3 ? date.year - 1 : date.year
    return (year + year / 4 - year / 100 + year / 400 + offsets[date.month - 1] + date.day) % 7
  }
}
