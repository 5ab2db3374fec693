import RopeMath

/// The one list of rules.
public enum RuleCatalogue {
  public static let all: [any Rule.Type] = [
    TargetExceedsWindow.self,
    WindowNotRaised.self,
    NativeScalingReplaced.self,
    OverrideDropsKeys.self,
    TrainServeMismatch.self,
    ScalingNotSaved.self,
    ScalingAppliedTwice.self,
    RopeTypeUnknown.self,
    RopeKeyMissing.self,
    RopeKeyMisplaced.self,
    RopeScalingNotObject.self,
    V5ConfigOnV4Runtime.self,
    Llama3ScalingMissing.self,
    OriginalNotBelowWindow.self,
    YarnOriginalFromFrameworkFlag.self,
    PartialRotaryFamilyMismatch.self,
    MropeSectionSum.self,
    HeadDimOdd.self,
    AttentionFactorIgnored.self,
    AttentionFactorUnusual.self,
    BaseConfigLengthWrong.self,
    FactorRatioMismatch.self,
    LinearWithoutFinetune.self,
    OriginalIncludesHeadroom.self,
    RopeTypeConflict.self,
    RopeTypeLegacyKey.self,
    ThetaAndFactorBoth.self,
    ThetaFamilyMismatch.self,
    YarnOriginalMissing.self,
  ]

  public static var cards: [RuleCard] { all.map { $0.card } }

  public static func rule(named id: String) -> (any Rule.Type)? { all.first { $0.card.id == id } }
}
