extension Family {
  /// Features of a query or key head.
  struct Head: Sendable {
    /// Keys in their order; none where the class derives it from others, whatever the file says.
    var keys = ["head_dim"]
    var size: Int?
    /// Keys, with their defaults, whose sum it is.
    var sum: [(key: String, size: Int)] = []
    /// `hiddenFactor · hidden_size / heads` where nothing else tells it.
    var hiddenFactor = 1

    static func size(_ size: Int, _ keys: String...) -> Head {
      Head(keys: keys.isEmpty ? ["head_dim"] : keys, size: size)
    }

    static let derived = Head(keys: [])
  }

  /// How much of a head is rotated.
  struct Share: Sendable {
    var value = 1.0
    /// Keys of the share, after the dictionary's own.
    var keys = ["partial_rotary_factor"]
    /// Keys of the rotated features as a size.
    var sizeKeys: [String] = []
    /// Default of that size.
    var size: Int?
    /// Whether plain rotation honours it; scaled types always do.
    var isHonouredPlain = false
    /// The size beats a share in the dictionary.
    var sizeIsForced = false
    /// The size fills in `rope_parameters` before other keys are looked at, and does not reach `rope_scaling`.
    var sizeFillsParameters = false
    /// An odd size stops the model; otherwise it is rounded up to whole pairs.
    var oddIsRefused = false

    static func plain(
      _ value: Double = 1, keys: [String] = ["partial_rotary_factor"], sizeKeys: [String] = [], size: Int? = nil
    ) -> Share {
      Share(value: value, keys: keys, sizeKeys: sizeKeys, size: size, isHonouredPlain: true)
    }
  }

  /// Which features make a pair.
  enum Pairs: Sendable, Equatable {
    case half
    case interleaved
    /// Interleaved where the flag says so.
    case flag([String], isInterleaved: Bool)
  }

  /// The rotation of one layer type.
  struct Table: Sendable {
    var name: String
    var base: Double?
    var baseKeys: [String] = []
    /// A key whose list has the base of each layer.
    var baseList: String?
    /// A key whose list has the share of each layer.
    var shareList: String?
    /// Keys whose dictionary, written for the whole model, reaches this layer type.
    var takes: [String] = []
    /// What stands where `rope_parameters` is absent.
    var dictionary: [String: ClassValue] = [:]
    /// The class gives it no rotation where `rope_parameters` is absent.
    var isUnrotatedByDefault = false
    var share: Double?
    /// Share of plain rotation where nothing tells it.
    var plainShare: Double?
    var head: Head?
    var sizeKeys: [String] = []
    var size: Int?
    /// The base's key beats the base in a dictionary for the whole model.
    var baseKeyWins = false
    /// Attention factor of YaRN where a dictionary for the whole model names none.
    var yarnAttentionFactor: Double?
  }

  /// The window of sliding layers.
  struct Sliding: Sendable {
    var keys = ["sliding_window"]
    var size: Int?
    /// A flag that must be true.
    var flag: String?
    var flagDefault = false
    /// The key counts both sides.
    var isHalved = false
    /// Added to the number.
    var plus = 0
    /// Window of every second sliding layer.
    var everySecond: Int?
    /// Keys of a number that the class raises by one.
    var plusOneKeys: [String] = []
  }

  /// Which layers attend without rotation.
  enum Unrotated: Sendable {
    case none
    /// Those of these types; where `needsWindow`, only in a model that has a window.
    case types([String], needsWindow: Bool = false)
    /// As `types`, except leading layers that a key counts, where another key has this number or is absent.
    case typesExceptLeading([String], count: String, whileKey: String, is: Int)
    /// Those whose flag is 0 in a list, by default every `interval`-th.
    case flags(String, interval: Int?, intervalKey: String?)
    /// Those whose base is 0 in a list, by default every `interval`-th from the end.
    case bases(String, interval: Int?)
  }

  /// A window and a base that a flag of the file raises together, whatever window it states.
  struct Lengthening: Sendable {
    var flag: String
    /// Tokens.
    var window: Int
    /// The base is multiplied by this to the power d / (d − 2), as NTK-aware scaling by that factor does.
    var factor: Double
  }

  /// A key that decides whether anything rotates.
  struct Condition: Sendable {
    var key: String
    var allowed: [ClassValue] = []
    var forbidden: [ClassValue] = []
    var absent: ClassValue?
  }
}
