/// Patterns with stars, in time of at most the product of both lengths.
enum Wildcard {
  /// A star stands for any number of elements. Where what follows one fails, only the last star takes another element:
  /// an earlier one could not do better.
  static func matches<Element>(
    _ pattern: [Element], _ text: [Element], isStar: (Element) -> Bool, _ fits: (Element, Element) -> Bool
  ) -> Bool {
    var (place, position) = (0, 0)
    var star: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, isStar(pattern[place]) {
        star = (place, position)
        place += 1
      } else if place < pattern.count, fits(pattern[place], text[position]) {
        place += 1
        position += 1
      } else if let last = star {
        star = (last.place, last.position + 1)
        (place, position) = (last.place + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy(isStar)
  }
}
