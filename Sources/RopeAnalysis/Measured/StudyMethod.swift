/// A method that a claim speaks of, whatever else it was set to.
public struct StudyMethod: Sendable, Hashable {
  /// In the catalogue of methods.
  public let id: String
  /// What it was set to against its own choice: `attention_factor=1`.
  public let setting: String?
  /// How it was run, as `MeasuredVariant` names it; nil for plainly.
  public let variant: String?

  public init(_ id: String, setting: String? = nil, variant: String? = nil) {
    self.id = id
    self.setting = setting
    self.variant = variant
  }

  static let none = StudyMethod("none")
  static let linear = StudyMethod("linear")
  static let ntk = StudyMethod("ntk")
  static let yarn = StudyMethod("yarn")

  /// Whether a measured label is this method: factors and lengths may be any, another setting is another method.
  ///
  /// - Parameter ids: of the label's parts.
  public func matches(_ label: String, ids: [String]) -> Bool {
    let parts = MeasuredVariant.parts(of: label)
    guard ids == [id], parts.variant == variant else { return false }
    let settings = parts.method.split(separator: ":", maxSplits: 1).dropFirst().flatMap { $0.split(separator: ",") }
    return setting.map { settings.contains(Substring($0)) }
      ?? !settings.contains { $0.hasPrefix("attention_factor=") }
  }
}
