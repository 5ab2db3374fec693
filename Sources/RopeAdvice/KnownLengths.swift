import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// How long the weights of a file were trained, as far as anything tells.
struct KnownLengths {
  /// Longest length that the weights were trained at with the scaling that they ship with; nil where only the window
  /// is known.
  var native: Int?
  /// What the makers state for the file as shipped, where it is more.
  var stated: Int?
  /// The scaling that the published file ships with.
  var shipped: (type: String, factor: Double)?
  /// The same with the length that it counts from, where the file lacks it although its window needs it.
  var lost: (type: String, factor: Double, original: Int)?
  /// Windows that its files carry.
  var windows: [Int] = []
  /// Whose length it is, for a sentence.
  var name: Message?
  var source: String?

  /// A window up to this multiple of the trained length is the answer's share of it: Qwen3 has 40,960 over 32,768.
  private static let headroom = 1.25

  /// Lengths that every layer which rotates sees less than; nil where one sees all tokens.
  var largestReach: Int?
  /// The base is not the published one, so that the weights were trained again under another.
  var isRetrained = false

  /// - Parameter stages: of training, as the user tells them.
  init(_ declaration: Declaration, _ reading: Reading, stages: [TrainedStage] = []) {
    largestReach = reading.largestReach
    let window = reading.window
    if let longest = stages.map({ $0.reach ?? $0.length }).max() {
      native = longest
      name = "the stages of training given"
      return
    }
    // What the user says of the weights comes before what is published of them.
    if let given = reading.values.last(where: { $0.key == "trained_length" && $0.origin == .override })?.value.number {
      native = Int(exactly: given)
      name = "the length given"
      return
    }
    if let model = PublishedModel.recognise(declaration) {
      name = "\(model.name)"
      source = model.source
      isRetrained = reading.layerTypes.first.map { $0.geometry.base != model.base } ?? false
      guard !isRetrained else { return }
      native = model.nativeLength
      stated = model.statedLength
      shipped = model.scaling.map { ($0.type, $0.factor) }
      if let scaling = model.scaling, window.map({ $0 > model.pretrainedLength }) == true,
        reading.layerTypes.allSatisfy({ $0.scaling == nil })
      {
        lost = (scaling.type, scaling.factor, model.pretrainedLength)
      }
      self.windows = model.windows
      return
    }
    // A window that a command raised is not what was trained.
    let derived = reading.values.last { $0.key == "trained_length" && $0.origin == .derived }?.value.number
    if let own = derived.flatMap(Int.init(exactly:)), let window, own < window {
      native = own
      name = "the file's own window"
      return
    }
    // Some files have a length of the tokenizer's kind beside the window.
    let largest = 1 << 24
    if let value = declaration.value(anyOf: ["model_max_length"]),
      let length = try? declaration.integer(value, in: 1...largest), let window, length > window
    {
      native = length
      name = "the file's model_max_length"
    }
  }

  /// The length that the file as shipped is made for; nil where nothing but its window tells.
  func reach(window: Int) -> Int? {
    guard let native else { return nil }
    let isHeadroom = windows.contains(window) && Double(window) <= Self.headroom * Double(native)
    return max(native, stated ?? 0, isHeadroom ? window : 0)
  }

  /// The length that plain rotation was trained to.
  func trained(_ geometry: RotaryGeometry, window: Int) -> Int {
    native ?? (isRetrained ? max(window, geometry.trainedLength) : geometry.trainedLength)
  }

  /// Whether a file's scaling is the one that it was published with.
  func ships(_ part: MethodSpecification.Part) -> Bool {
    guard let shipped else { return false }
    return shipped.type == part.id && (part.given["factor"]?.number ?? shipped.factor) == shipped.factor
  }
}
