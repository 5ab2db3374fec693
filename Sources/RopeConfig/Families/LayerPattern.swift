/// Which layer is of which type, where the file does not list them.
struct LayerPattern: Sendable {
  /// Letters of layer types, repeated: `sssF` is three sliding layers and one of full attention.
  var cycle = ""
  /// Keys of the cycle's length; the layer that differs keeps its end of the cycle.
  var periodKeys: [String] = []
  /// Letters of the first layers.
  var first = ""
  /// Letter of the last layer.
  var last: Character?
  /// The cycle ends with the last layer.
  var isFromEnd = false
  /// Keys of a count of leading layers with a cycle of their own, and of that cycle's length, 1 by default.
  var leading: (count: String, period: String)?
  /// Keys of a list of numbers, with the letter of each.
  var numbered: [String: [Int: Character]] = [:]
  /// Keys of a list of names that repeats, with the letter of each.
  var named: [String: [String: Character]] = [:]
  /// Keys of a list of layers, with the letter of those in it and of the others.
  var indexed: [String: (listed: Character, others: Character)] = [:]
  /// A key of a list of windows: a layer slides where its window is neither 0 nor null.
  var windowListKey: String?
  /// Layers slide from this one on, or where the key says, if the model has a window.
  var slidesFrom: (index: Int, key: String)?
  /// Every second layer slides below this one, or where the key says, if the model has a window.
  var slidesBelow: (index: Int, key: String)?
  /// Layers slide where they rotate (true) or where they do not (false).
  var slidesWhereRotating: (Bool, letter: Character)?
  /// Letter of every layer of a model without a window.
  var withoutWindow: Character?
  /// A type that stands in the file's list and is no layer.
  var notLayer: String?

  static func cycle(_ cycle: String, _ periodKeys: String..., first: String = "", last: Character? = nil)
    -> LayerPattern
  {
    LayerPattern(cycle: cycle, periodKeys: periodKeys, first: first, last: last)
  }

  /// The layer types that letters stand for.
  static func type(_ letter: Character) -> String {
    switch letter {
    case "s": "sliding_attention"
    case "c": "chunked_attention"
    case "l": "linear_attention"
    case "v": "conv"
    case "i": "indexed_attention"
    case "h": "hybrid"
    case "C": "compressed_sparse_attention"
    case "H": "heavily_compressed_attention"
    case "R": "reference_sliding_attention"
    default: "full_attention"
    }
  }

  /// Names that transformers 5 replaces.
  static let renamed = [
    "mamba": "linear_attention", "attention": "full_attention", "deepseek_sparse_attention": "indexed_attention",
    "qwen_sparse_attention": "indexed_attention",
  ]

  /// Layer types that hold no attention, and so neither rotate nor keep keys.
  static let withoutAttention: Set = ["linear_attention", "conv", "mlp", "moe", "mamba", "recurrent"]

  /// Whether layers of a type see a window only.
  static func slides(_ type: String) -> Bool {
    type.contains("sliding") || type.contains("local") || type == "chunked_attention"
  }

  /// Letters of `count` layers by the cycle, whose length `period` may replace.
  func letters(_ count: Int, period: Int?) -> [Character] {
    var text = Array(cycle)
    guard !text.isEmpty, count > 0 else { return [] }
    if let period, period > 0 {
      let rest = text.first { letter in text.count { $0 == letter } > 1 } ?? text[0]
      let special = text.first { $0 != rest } ?? rest
      let others = [Character](repeating: rest, count: period - 1)
      text = text[0] == special ? [special] + others : others + [special]
    }
    let size = text.count
    return (0..<count).map { isFromEnd ? text[size - 1 - (count - 1 - $0) % size] : text[$0 % size] }
  }
}
