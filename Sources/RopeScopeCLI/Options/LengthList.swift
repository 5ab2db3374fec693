import RopeMath

/// Lengths with commas: `4k,8k`.
enum LengthList {
  static func parse(_ text: String) throws -> [Int] {
    let lengths = try text.split(separator: ",").map { try LengthArgument.parse(String($0)).tokens }
    guard !lengths.isEmpty else { throw Failure.usage("--lengths is empty; write 4k,8k") }
    return lengths
  }
}
