/// The one list of scaling methods.
public enum MethodCatalogue {
  public static let all: [any ScalingMethod.Type] = [
    Unscaled.self,
    LinearInterpolation.self,
    NTKAware.self,
    DynamicNTK.self,
    YaRN.self,
    LognScaling.self,
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
