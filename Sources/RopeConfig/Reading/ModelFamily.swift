/// What the classes of transformers 5.23 and published models fix beyond a config's own keys. The one table of families.
struct ModelFamily: Sendable {
  /// Default base of the class where the config gives none.
  var base: Double = 10_000
  /// Default rotated share of the class.
  var rotaryShare: Double = 1
  /// Whether plain rotation honours `partial_rotary_factor`; scaled types always do.
  var honoursShareUnscaled = false
  /// The base of sliding-window layers, where the class gives them one of their own.
  var slidingBase: Double?
  /// Default head size of the class.
  var headDimension: Int?
  /// Default window of the class, in tokens.
  var window: Int?
  /// Sliding layers keep plain rotation whatever the scaling of the full ones.
  var slidingIsUnscaled = false
  /// Layers between two of full attention, the full one included.
  var slidingPattern: Int?
  /// `sliding_window` counts only where `use_sliding_window` says so.
  var windowNeedsFlag = false
  /// The class lets the layers from `max_window_layers` on slide, this one where the config does not say; nil where it
  /// has no such rule.
  var firstWindowLayer: Int?

  /// transformers 5.23.0, `default_theta` and rotary classes of `models/*/modeling_*.py`.
  private static let table: [String: ModelFamily] = {
    var table: [String: ModelFamily] = [:]
    func add(_ names: [String], _ family: ModelFamily) { for name in names { table[name] = family } }
    add(["gpt_neox", "gpt_neox_japanese"], ModelFamily(rotaryShare: 0.25, honoursShareUnscaled: true))
    add(["stablelm"], ModelFamily(rotaryShare: 0.25, honoursShareUnscaled: true))
    add(["phi", "persimmon", "nemotron", "glm", "glm4"], ModelFamily(rotaryShare: 0.5, honoursShareUnscaled: true))
    add(["glm4_moe", "minimax_m2", "laguna", "bamba", "moonshine", "solar_open"], ModelFamily(rotaryShare: 0.5, honoursShareUnscaled: true))
    add(["qwen3_next", "qwen3_5", "qwen3_5_moe"], ModelFamily(rotaryShare: 0.25, honoursShareUnscaled: true))
    add(["phi3", "phi4mm", "nomic_bert", "chatglm", "qwen", "gptj", "phi-msft"], ModelFamily(honoursShareUnscaled: true))
    add(["falcon"], ModelFamily(honoursShareUnscaled: true))
    add(["llama4", "llama4_text", "ernie4_5", "mllama", "csm"], ModelFamily(base: 500_000))
    add(["mixtral", "lfm2", "cwm"], ModelFamily(base: 1_000_000))
    add(["qwen2", "qwen3"], ModelFamily(windowNeedsFlag: true, firstWindowLayer: 28))
    add(["qwen2_moe", "qwen3_moe"], ModelFamily(windowNeedsFlag: true))
    add(["qwen2_vl"], ModelFamily(windowNeedsFlag: true, firstWindowLayer: 80))
    add(["qwen2_5_vl"], ModelFamily(base: 1_000_000, windowNeedsFlag: true, firstWindowLayer: 80))
    add(["fuyu"], ModelFamily(base: 25_000))
    add(
      ["gemma3", "gemma3_text"],
      ModelFamily(
        base: 1_000_000, slidingBase: 10_000, headDimension: 256, window: 131_072, slidingIsUnscaled: true,
        slidingPattern: 6))
    add(
      ["gemma4", "gemma4_text"],
      ModelFamily(
        base: 1_000_000, slidingBase: 10_000, headDimension: 256, window: 131_072, slidingIsUnscaled: true,
        slidingPattern: 6))
    add(["modernbert"], ModelFamily(base: 160_000, slidingBase: 10_000, slidingPattern: 3))
    add(["olmo3"], ModelFamily(slidingIsUnscaled: true, slidingPattern: 4))
    return table
  }()

  static func named(_ type: String?) -> ModelFamily { type.flatMap { table[$0] } ?? ModelFamily() }
}
