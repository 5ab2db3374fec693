extension MethodSpecification {
  /// The same specification with the word `config` replaced by what the model's file asks for; `none` where that is
  /// nothing and nothing else stands beside it.
  public func replacingConfiguration(with scaling: MethodSpecification?) -> MethodSpecification {
    let parts = parts.flatMap { $0.id == "config" ? scaling?.parts ?? [] : [$0] }
    return parts.isEmpty ? MethodSpecification(Unscaled.card.id) : MethodSpecification(parts: parts)
  }

  public static let configuration = MethodSpecification("config")
}
