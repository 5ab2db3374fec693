/// The one list of scaling methods.
public enum MethodCatalogue {
  public static let all: [any ScalingMethod.Type] = [
    Unscaled.self,
    LinearInterpolation.self,
    DynamicLinear.self,
    NTKAware.self,
    NTKFixed.self,
    NTKMixed.self,
    DynamicNTK.self,
    NTKByParts.self,
    NTKByPartsIndexed.self,
    DynamicNTKByParts.self,
    YaRN.self,
    YaRNPaper.self,
    DynamicYaRN.self,
    Llama3Scaling.self,
    LongRoPE.self,
    AdjustedBase.self,
    PartialRotary.self,
    ProportionalRotary.self,
    ResonanceRotary.self,
    LognScaling.self,
    Llama4Temperature.self,
    MinistralTemperature.self,
    LatentSoftmaxScale.self,
    CLEX.self,
    LongRoPE2.self,
    FourierEmbedding.self,
    LearnedMultipliers.self,
    XPos.self,
    MultimodalRotary.self,
    LMInfinite.self,
    SelfExtend.self,
    RectifiedRotary.self,
    LeakyRectifiedRotary.self,
    DualChunkAttention.self,
    LandmarkAttention.self,
    ShiftedSparseAttention.self,
    ShiftedPositions.self,
    HighFrequencyRotary.self,
    DroppedPositions.self,
    ScalableSoftmax.self,
    LinearBias.self,
    EntropyAwareBase.self,
    InformationScale.self,
    TeleChatYaRN.self,
    NTKAlpha.self,
    CrossDimensionalRotary.self,
    LogarithmicYaRN.self,
    ClippedRotary.self,
    MixedRadix.self,
    ScaleInvariantAttention.self,
    ErnieRotary.self,
    HeadSoftmaxScaling.self,
    UnrotatedLayers.self,
    LearnedSink.self,
  ]

  public static var cards: [MethodCard] { all.map { $0.card } }

  /// The method of this id or alias, letter case aside.
  ///
  /// - Throws: `MethodError.unknownMethod`, with the nearest name where one is near.
  public static func type(named name: String) throws(MethodError) -> any ScalingMethod.Type {
    let wanted = name.lowercased()
    if let type = all.first(where: { $0.card.id == wanted || $0.card.aliases.contains(wanted) }) { return type }
    let names = cards.flatMap { [$0.id] + $0.aliases }
    throw MethodError(
      .unknownMethod,
      "unknown method “\(name)”\(Nearest.hint(name, in: names)) (ropescope methods lists them)")
  }
}
