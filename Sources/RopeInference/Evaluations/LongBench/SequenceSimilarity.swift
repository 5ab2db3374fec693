/// Similarity of two lines after Ratcliff and Obershelp, as Python's `difflib.SequenceMatcher` measures it: the longest
/// common block, then those to its left and right, twice their length over that of both lines.
///
/// In a second line of 200 characters and more, characters that make up over a hundredth of it begin no block.
enum SequenceSimilarity {
  /// Whole percents, ties to even; 100 for equal lines, 0 where one is empty.
  static func percent(_ a: String, _ b: String) -> Double {
    let a = Array(a.unicodeScalars), b = Array(b.unicodeScalars)
    guard a != b else { return 100 }
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    let matching = Matcher(a, b).matching
    return (100 * (2 * Double(matching) / Double(a.count + b.count))).rounded(.toNearestOrEven)
  }

  private struct Matcher {
    let a: [Unicode.Scalar]
    let b: [Unicode.Scalar]
    /// Where each character stands in b; popular ones left out.
    let places: [Unicode.Scalar: [Int]]

    init(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) {
      self.a = a
      self.b = b
      var places: [Unicode.Scalar: [Int]] = [:]
      for (place, scalar) in b.enumerated() { places[scalar, default: []].append(place) }
      let most = b.count / 100 + 1
      self.places = b.count >= 200 ? places.filter { $0.value.count <= most } : places
    }

    /// Length of all blocks.
    var matching: Int {
      var waiting = [(a.indices, b.indices)], sum = 0
      while let (left, right) = waiting.popLast() {
        let block = longest(left, right)
        guard block.length > 0 else { continue }
        sum += block.length
        waiting.append((left.lowerBound..<block.a, right.lowerBound..<block.b))
        waiting.append((block.a + block.length..<left.upperBound, block.b + block.length..<right.upperBound))
      }
      return sum
    }

    /// The longest block, the first in a of several, and then the first in b.
    private func longest(_ left: Range<Int>, _ right: Range<Int>) -> (a: Int, b: Int, length: Int) {
      var best = (a: left.lowerBound, b: right.lowerBound, length: 0), ending: [Int: Int] = [:]
      for i in left {
        var next: [Int: Int] = [:]
        for j in places[a[i]] ?? [] where right.contains(j) {
          let length = (ending[j - 1] ?? 0) + 1
          next[j] = length
          if length > best.length { best = (i - length + 1, j - length + 1, length) }
        }
        ending = next
      }
      while best.a > left.lowerBound, best.b > right.lowerBound, a[best.a - 1] == b[best.b - 1] {
        best = (best.a - 1, best.b - 1, best.length + 1)
      }
      while best.a + best.length < left.upperBound, best.b + best.length < right.upperBound,
        a[best.a + best.length] == b[best.b + best.length]
      {
        best.length += 1
      }
      return best
    }
  }
}
