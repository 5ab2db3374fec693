import RopeJSON

/// What the class of a model type fixes about its rotary embedding beyond a config's own keys: one row a model type.
///
/// A row says only what differs from the plain case: base 10,000, halves paired, heads of `head_dim` or
/// `hidden_size / heads`, the whole head rotated in every layer by one table, no sliding window.
public struct Family: Sendable {
  /// `model_type`; several where their facts are the same.
  var names: [String]
  /// Default base; nil where the class has none.
  var base: Double? = 10_000
  /// Keys of the base, in their order; none where the base is fixed.
  var baseKeys = ["rope_theta"]
  /// A key whose number multiplies the base.
  var baseMultiplier: String?
  /// Default of `max_position_embeddings`, in tokens.
  var window: Int?
  /// Names of its own that the class has for the window.
  var windowKeys: [String] = []
  /// Tokens of training, of a class that has no window.
  var trainedLength: Int?
  var head = Head()
  var share = Share()
  var pairs = Pairs.half
  /// Scaling of the class, where the file has no dictionary.
  var dictionary: [String: ClassValue] = [:]
  /// Keys that may hold a dictionary.
  var takes = ["rope_scaling", "rope_parameters"]
  /// Scaled rotation is refused.
  var isPlainOnly = false
  /// Names of scaling types that mean others in this class.
  var typeAliases: [String: String] = [:]
  /// Default of the top level's `original_max_position_embeddings`.
  var originalLength: Int?
  /// Pairs that turn by time, height and width where a dictionary does not say (`mrope_section`); none where the class has
  /// one position a token.
  var sections: [Int] = []
  /// `alpha` beside `dynamic` is a static NTK factor.
  var hasStaticNTK = false
  /// Tables of a layer type's own, by the name that the dictionary has for them.
  var tables: [Table] = []
  /// Which table a layer type rotates with, where their names differ.
  var tableOfLayer: [String: String] = [:]
  /// Base of a layer type's own dictionary that names none, after the top level's.
  var nestedBase: Double?
  /// A null dictionary of a layer type means no rotation; otherwise the class fills it in.
  var nullTableIsUnrotated = false
  /// A null `rope_theta` means no rotation.
  var nullBaseIsUnrotated = false
  var layers: LayerPattern?
  /// Nil where the class has no sliding layers, whatever the file says.
  var sliding: Sliding?
  var unrotated = Unrotated.none
  /// What must hold for anything to rotate.
  var condition: Condition?
  /// A longer context that a flag of the file turns on.
  var lengthening: Lengthening?
  /// A list of the layers whose rotation is scaled; the others are plain.
  var scaledLayersKey: String?
  /// Where the facts stand, if not in the class of transformers 5.24.0.
  var source: String?
  /// Why nothing rotates; nil for families that do.
  var unrotatedReason: String?
  /// Whether the row stands for model types that are not known.
  var isUnknown = false

  /// The first of the row's names.
  public var name: String { names.first ?? "" }
}
