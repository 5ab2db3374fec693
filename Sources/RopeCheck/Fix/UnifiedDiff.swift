/// A unified diff of two versions of a text, as `patch` and `git apply` read it.
public enum UnifiedDiff {
  private static let context = 3

  /// Empty where the two are equal.
  public static func text(from old: [UInt8], to new: [UInt8], path: String) -> String {
    guard old != new else { return "" }
    let a = lines(old), b = lines(new)
    var prefix = 0
    while prefix < min(a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < min(a.count, b.count) - prefix, a[a.count - 1 - suffix] == b[b.count - 1 - suffix] { suffix += 1 }
    let operations = align(Array(a[prefix..<(a.count - suffix)]), Array(b[prefix..<(b.count - suffix)]))
    let all = a[..<prefix].map { Operation.keep($0) } + operations + a[(a.count - suffix)...].map { Operation.keep($0) }
    return "--- a/\(path)\n+++ b/\(path)\n" + hunks(all)
  }

  private enum Operation {
    case keep(String), remove(String), add(String)
    var isKept: Bool { if case .keep = self { true } else { false } }
  }

  /// Lines with their ends; the last may have none.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(String(decoding: bytes[start...offset], as: UTF8.self))
      start = offset + 1
    }
    if start < bytes.count { lines.append(String(decoding: bytes[start...], as: UTF8.self)) }
    return lines
  }

  /// Longest common subsequence; the middle part of a fixed configuration is a few lines long.
  private static func align(_ a: [String], _ b: [String]) -> [Operation] {
    guard a.count * b.count <= 1 << 22 else { return a.map { .remove($0) } + b.map { .add($0) } }
    var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in stride(from: a.count - 1, through: 0, by: -1) {
      for j in stride(from: b.count - 1, through: 0, by: -1) {
        table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : max(table[i + 1][j], table[i][j + 1])
      }
    }
    var operations: [Operation] = []
    var i = 0, j = 0
    while i < a.count || j < b.count {
      if i < a.count, j < b.count, a[i] == b[j] {
        operations.append(.keep(a[i]))
        i += 1
        j += 1
      } else if i < a.count, j == b.count || table[i + 1][j] >= table[i][j + 1] {
        operations.append(.remove(a[i]))
        i += 1
      } else {
        operations.append(.add(b[j]))
        j += 1
      }
    }
    return operations
  }

  private static func hunks(_ operations: [Operation]) -> String {
    var text = ""
    var oldLine = 1, newLine = 1
    var index = 0
    while index < operations.count {
      guard let change = operations[index...].firstIndex(where: { !$0.isKept }) else { break }
      let start = max(index, change - context)
      oldLine += start - index
      newLine += start - index
      var end = change
      var last = change
      while end < operations.count, end - last <= 2 * context {
        if !operations[end].isKept { last = end }
        end += 1
      }
      end = min(operations.count, last + context + 1)
      var body = "", oldCount = 0, newCount = 0
      for operation in operations[start..<end] {
        switch operation {
        case .keep(let line):
          body += marked(" ", line)
          oldCount += 1
          newCount += 1
        case .remove(let line):
          body += marked("-", line)
          oldCount += 1
        case .add(let line):
          body += marked("+", line)
          newCount += 1
        }
      }
      text += "@@ -\(oldLine),\(oldCount) +\(newLine),\(newCount) @@\n" + body
      oldLine += oldCount
      newLine += newCount
      index = end
    }
    return text
  }

  private static func marked(_ mark: String, _ line: String) -> String {
    line.hasSuffix("\n") ? mark + line : mark + line + "\n\\ No newline at end of file\n"
  }
}
