import RopeJSON
import RopeMath

/// What a runtime reads, and what it makes of a layer's scaling.
struct Dialect: Sendable {
  /// Where a runtime looks for the scaling dictionary.
  enum DictionarySource: Sendable, Equatable {
    /// `rope_scaling` and the top level's `rope_theta`; `rope_parameters` is not looked at.
    case ropeScalingOnly
    /// `rope_scaling` where it holds something, else `rope_parameters`.
    case ropeScalingFirst
    /// `rope_parameters` where it holds something, else `rope_scaling`.
    case ropeParametersFirst
  }

  /// Whether `rope_theta` inside a scaling dictionary counts, and dictionaries of layer types are understood.
  func readsUnifiedDictionary(of modelType: String?) -> Bool { source(of: modelType) != .ropeScalingOnly }

  private func source(of modelType: String?) -> DictionarySource {
    modelType.map(parametersReaders.contains) == true ? .ropeParametersFirst : dictionary
  }

  /// The keys of scaling dictionaries that are looked at, in their order.
  func dictionaryKeys(of modelType: String?) -> [String] {
    switch source(of: modelType) {
    case .ropeScalingOnly: ["rope_scaling"]
    case .ropeScalingFirst: ["rope_scaling", "rope_parameters"]
    case .ropeParametersFirst: ["rope_parameters", "rope_scaling"]
    }
  }

  /// When a runtime rotates only `partial_rotary_factor` of a head.
  enum ShareRule: Sendable {
    /// In every model class.
    case always
    /// In every class where the layer is scaled, else where the class honours it (transformers 5).
    case whenScaled
    /// Where the class honours it unscaled.
    case byClass
  }

  /// Which of the keys `type` and `rope_type` counts where both stand.
  enum TypeKey: Sendable {
    case typeFirst
    case ropeTypeFirst
    /// `type` counts, except in the model classes named.
    case typeFirstExcept([String])
    /// Two that differ are refused, unless they are names of the same.
    case conflictRefused
    /// Two that differ in spelling are refused.
    case conflictAlwaysRefused
  }

  var dictionary: DictionarySource
  /// Model classes that read `rope_parameters` although the others do not.
  var parametersReaders: Set<String> = []
  /// Those that take the base from it alone.
  var parametersBaseReaders: Set<String> = []
  var typeKey: TypeKey
  var share: ShareRule = .whenScaled
  /// Whether this is what other runtimes are compared with.
  var isReference = false
  /// Whether a model class is one that a version does not have yet.
  var missingModels: @Sendable (_ modelType: String, RuntimeVersion?) -> Bool = { _, _ in false }
  /// Whether classes check the type of every value that they are given.
  var checksTypes = false
  /// The only model classes that these versions have, where they are few.
  var onlyModels: Set<String>?
  /// How a server derives the longest context that it allows; nil where there is no limit but the memory.
  var window: WindowRule?
  /// How plain rotation is computed.
  var arithmetic: @Sendable (RotaryGeometry) -> RotaryArithmetic = { _ in .torch }
  /// The scaling of a layer, as a method; throws what the runtime refuses.
  var interpret: @Sendable (LayerScaling) throws(ConfigurationError) -> Interpretation
  /// Positions that a runtime re-maps, and what to say of it; nil where it does not.
  var positions: @Sendable (Declaration) throws(ConfigurationError) -> (bands: [PositionBand], note: String)? = {
    (_) throws(ConfigurationError) in nil
  }
  /// Settings that may make this runtime compute given layers; the first that does counts.
  var settings: @Sendable (SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings]
}
