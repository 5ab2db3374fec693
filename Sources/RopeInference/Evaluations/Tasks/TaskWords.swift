import RopeMath

/// Names, numbers and keys that facts are made of, drawn without repetition.
struct TaskWords {
  private let stride: Int
  private let offset: Int

  /// Draws the order of the names.
  init(using generator: inout SeededGenerator) {
    var stride = Int(generator.next() % UInt64(Self.pairs - 1)) + 1
    while !Self.isCoprime(stride, Self.pairs) { stride = stride % (Self.pairs - 1) + 1 }
    self.stride = stride
    offset = Int(generator.next() % UInt64(Self.pairs))
  }

  private static let pairs = adjectives.count * nouns.count
  /// Names that differ, and of which none is a part of another.
  static let mostNames = pairs * (colours.count + 1)

  /// The name at a place of the order, `brisk-otter`; past 4,352 names `brisk-green-otter`.
  func name(_ place: Int) -> String {
    let index = (offset + (place % Self.pairs) * stride) % Self.pairs, round = place / Self.pairs
    let adjective = Self.adjectives[index / Self.nouns.count], noun = Self.nouns[index % Self.nouns.count]
    return round == 0
      ? "\(adjective)-\(noun)" : "\(adjective)-\(Self.colours[(round - 1) % Self.colours.count])-\(noun)"
  }

  /// Different numbers of so many digits, the first one not 0.
  static func numbers(_ count: Int, digits: Int, using generator: inout SeededGenerator) -> [String] {
    let least = (1..<max(1, digits)).reduce(1) { value, _ in value * 10 }
    return distinct(count, using: &generator) { String(least + Int($0.next() % UInt64(9 * least))) }
  }

  /// Different keys of 128 random bits, as UUIDs are written.
  static func keys(_ count: Int, using generator: inout SeededGenerator) -> [String] {
    distinct(count, using: &generator) { generator in
      let digits = [generator.next(), generator.next()].flatMap { (word: UInt64) -> [String] in
        (0..<16).map { (place: UInt64) -> String in String((word >> (4 * place)) & 15, radix: 16) }
      }
      return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { digits[$0].joined() }.joined(separator: "-")
    }
  }

  /// Different words of so many random letters.
  static func letters(
    _ count: Int, length: Int, isUpper: Bool = false, using generator: inout SeededGenerator
  ) -> [String] {
    let alphabet = Array(isUpper ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "abcdefghijklmnopqrstuvwxyz")
    return distinct(count, using: &generator) { generator in
      String((0..<length).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
    }
  }

  private static func distinct(
    _ count: Int, using generator: inout SeededGenerator, _ draw: (inout SeededGenerator) -> String
  ) -> [String] {
    var seen: Set<String> = [], values: [String] = []
    while values.count < count {
      let value = draw(&generator)
      if seen.insert(value).inserted { values.append(value) }
    }
    return values
  }

  private static func isCoprime(_ a: Int, _ b: Int) -> Bool {
    var (a, b) = (a, b)
    while b > 0 { (a, b) = (b, a % b) }
    return a == 1
  }

  private static let colours = ["green", "red", "blue", "grey", "white", "black", "amber"]
  private static let adjectives = [
    "ancient", "bold", "brisk", "calm", "clever", "cold", "crisp", "curious", "dim", "eager", "early", "faint",
    "fancy", "fierce", "frozen", "gentle", "giant", "glad", "hasty", "hidden", "hollow", "humble", "idle", "jolly",
    "keen", "late", "lively", "lonely", "loud", "lucky", "mellow", "merry", "mild", "modest", "narrow", "noble",
    "odd", "patient", "plain", "polite", "proud", "quick", "quiet", "rapid", "rough", "round", "rusty", "shy",
    "silent", "simple", "sleepy", "slow", "smooth", "solemn", "steady", "stern", "sunny", "swift", "tall", "tender",
    "tidy", "vivid", "warm", "wise",
  ]
  private static let nouns = [
    "anchor", "badger", "barrel", "basket", "beacon", "bishop", "bottle", "bridge", "button", "candle", "canyon",
    "carpet", "castle", "cedar", "chapel", "cherry", "copper", "cotton", "dragon", "falcon", "feather", "forest",
    "garden", "ginger", "guitar", "hammer", "harbour", "hazel", "helmet", "island", "jacket", "kettle", "ladder",
    "lantern", "lemon", "lizard", "marble", "market", "meadow", "mirror", "monkey", "needle", "orchard", "otter",
    "paddle", "parrot", "pebble", "pepper", "pigeon", "pocket", "pillow", "rabbit", "ribbon", "river", "saddle",
    "salmon", "shovel", "spider", "teapot", "temple", "tiger", "tunnel", "velvet", "walnut", "window", "violin",
    "whistle", "willow",
  ]
}
