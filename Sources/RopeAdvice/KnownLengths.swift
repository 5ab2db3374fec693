import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// How long the weights of a file were trained, as far as anything tells.
struct KnownLengths {
  /// Longest length that the weights were trained at with the scaling that they ship with; nil where only the window
  /// is known.
  var native: Int?
  /// The published model whose weights these are; nil where nobody published them, or where their base is another one.
  var published: PublishedModel?
  /// The file lacks the scaling that it was published with, although its window needs it.
  var lacksScaling = false
  /// Whose length it is, for a sentence.
  var name: Message?

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
      isRetrained = reading.layerTypes.first.map { $0.geometry.base != model.base } ?? false
      guard !isRetrained else { return }
      published = model
      native = model.nativeLength
      lacksScaling =
        model.scaling != nil && window.map({ $0 > model.pretrainedLength }) == true
        && reading.layerTypes.allSatisfy({ $0.scaling == nil })
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
    guard let published else { return native }
    return max(native, published.statedLength, published.leavesRoom(in: window) ? window : 0)
  }

  /// The length that plain rotation was trained to.
  func trained(_ geometry: RotaryGeometry, window: Int) -> Int {
    native ?? (isRetrained ? max(window, geometry.trainedLength) : geometry.trainedLength)
  }

  /// Whether a file's scaling is the one that it was published with.
  func ships(_ part: MethodSpecification.Part) -> Bool {
    guard let shipped = published?.scaling else { return false }
    return shipped.type == part.id && (part.given["factor"]?.number ?? shipped.factor) == shipped.factor
  }
}
