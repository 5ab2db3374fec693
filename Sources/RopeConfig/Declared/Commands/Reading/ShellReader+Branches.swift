extension ShellReader {
  /// The ways that an `if` or `case` may take, with what variables hold at the end of each.
  struct Branching {
    enum Kind { case conditions, cases }

    let kind: Kind
    /// Before the first way.
    var before: State
    var ends: [State] = []
    /// Whether one of the ways is always taken.
    var isComplete = false
  }

  struct State {
    var variables: [String: ShellWord]
    var arrays: [String: [ShellWord]]
  }

  private var state: State { State(variables: variables, arrays: arrays) }

  /// Follows the words that part a script into ways; texts of a length that nobody writes are read straight on.
  mutating func branch(at keyword: String) {
    guard input.bytes.count < 65_536 else { return }
    switch keyword {
    case "if": branches.append(Branching(kind: .conditions, before: state))
    case "case": branches.append(Branching(kind: .cases, before: state))
    case "else", "elif":
      endBranch(of: .conditions)
      if keyword == "else", let last = branches.indices.last { branches[last].isComplete = true }
    case "fi": join(.conditions)
    case "esac": join(.cases)
    default: break
    }
  }

  /// Ends one way; the next begins with what held before it.
  mutating func endBranch(of kind: Branching.Kind) {
    guard let last = branches.indices.last, branches[last].kind == kind else { return }
    branches[last].ends.append(state)
    variables = branches[last].before.variables
    arrays = branches[last].before.arrays
  }

  private mutating func join(_ kind: Branching.Kind) {
    guard branches.last?.kind == kind, let done = branches.popLast() else { return }
    let ends = done.ends + [state] + (done.isComplete ? [] : [done.before])
    let names = ends.reduce(into: Set<String>()) { $0.formUnion($1.variables.keys) }
    for name in names { variables[name] = Self.joined(ends.compactMap { $0.variables[name] }) }
    let lists = ends.reduce(into: Set<String>()) { $0.formUnion($1.arrays.keys) }
    for name in lists { arrays[name] = Self.joined(ends.compactMap { $0.arrays[name] }) }
  }

  /// The only value that the text tells; of several the longest, marked as unknown.
  private static func joined(_ values: [ShellWord]) -> ShellWord? {
    let known = values.filter { !$0.isUnknown }
    guard let first = known.first else { return values.last }
    guard known.contains(where: { $0.text != first.text }) else { return first }
    var longest = known.max { $0.content.bytes.count < $1.content.bytes.count } ?? first
    longest.isUnknown = true
    return longest
  }

  /// What all lists begin with, and the rest of the longest, marked as unknown.
  private static func joined(_ lists: [[ShellWord]]) -> [ShellWord] {
    let longest = lists.max { $0.count < $1.count } ?? []
    var shared = 0
    while shared < longest.count,
      lists.allSatisfy({ $0.count > shared && $0[shared].text == longest[shared].text })
    { shared += 1 }
    return longest.prefix(shared)
      + longest.dropFirst(shared).map { ShellWord(content: $0.content, bytes: $0.bytes, isUnknown: true) }
  }
}
