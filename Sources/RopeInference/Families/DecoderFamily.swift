import RopeConfig
import RopeTensors

/// A family of decoders: which model types it is, what its layers are, and how its files name their tensors.
struct DecoderFamily: Sendable {
  /// Values of `model_type`.
  let types: [String]
  /// Values of a GGUF file's `general.architecture`.
  let architectures: [String]
  /// Names in safetensors files.
  let naming: WeightNaming
  /// Names in GGUF files.
  let storedNaming: WeightNaming
  let describe: @Sendable (FamilyReader) throws(InferenceError) -> Decoder

  init(
    _ types: String..., architectures: [String] = [], naming: WeightNaming = .standard,
    storedNaming: WeightNaming = .gguf, describe: @escaping @Sendable (FamilyReader) throws(InferenceError) -> Decoder
  ) {
    self.types = types
    self.architectures = architectures
    self.naming = naming
    self.storedNaming = storedNaming
    self.describe = describe
  }

  /// The family of a model that was read.
  ///
  /// - Throws: `InferenceError.unsupported` where there is none.
  static func of(_ model: Reading) throws(InferenceError) -> DecoderFamily {
    let stored = model.storedArchitecture, type = model.classType ?? "unnamed", name = stored ?? type
    func names(_ family: DecoderFamily) -> [String] { stored == nil ? family.types : family.architectures }
    if let family = all.first(where: { names($0).contains(name) }) { return family }
    let kind = stored == nil ? "models of the family" : "GGUF models of the architecture"
    if let reason = hybrids[type] {
      throw .unsupported("\(kind) “\(name)” cannot be run: \(reason), which the forward pass does not have")
    }
    let known = all.flatMap(names).joined(separator: ", ")
    throw .unsupported("\(kind) “\(name)” cannot be run; those of \(known) can")
  }

  /// Families whose layers are not all attention, by what the others are.
  private static let hybrids: [String: String] = {
    let reasons = [
      "some of its layers are linear attention": [
        "qwen3_next", "qwen3_5_text", "qwen3_5_moe_text", "olmo_hybrid", "bailing_hybrid", "minimax", "minimax_text_01",
        "kimi_linear", "qwen4_exp_text",
      ],
      "some of its layers are state-space models": [
        "granitemoehybrid", "bamba", "jamba", "falcon_h1", "nemotron_h", "zamba", "zamba2", "mamba", "mamba2",
        "falcon_mamba",
      ],
      "some of its layers are convolutions": ["lfm2", "lfm2_moe", "lfm3"],
      "some of its layers are recurrent": ["recurrent_gemma", "rwkv", "xlstm"],
    ]
    return Dictionary(uniqueKeysWithValues: reasons.flatMap { reason, types in types.map { ($0, reason) } })
  }()
}

extension Decoder {
  /// Families whose forward pass is described here, by their `model_type`.
  public static let families = DecoderFamily.all.flatMap(\.types)

  /// What a model's file says of its layers, with the defaults of its class.
  ///
  /// - Parameters:
  ///   - model: as the newest transformers reads it, or a GGUF file.
  ///   - weights: of a GGUF file, whose metadata need not tell the rows of the embedding.
  /// - Throws: `InferenceError.unsupported` for other families, `.configuration` for values that do not read.
  public init(_ model: Reading, weights: (any WeightSource)? = nil) throws(InferenceError) {
    let family = try DecoderFamily.of(model)
    self = try family.describe(FamilyReader(model, weights: weights, naming: family.storedNaming))
    try check()
  }
}
