import RopeConfig
import RopeText

/// How many times beyond the length that a model is made for a target lies, and from where on that is told.
public struct ExtensionRatio: Sendable, Equatable {
  /// Up to this ratio frozen weights are stretched with a loss that papers call small.
  public static let frozenLimit = 8.0
  /// The same of one stage of training.
  public static let trainedLimit = 32.0

  public let target: Int
  /// Tokens that nothing but the file goes beyond: a known model's trained length where its base is unchanged and it ships
  /// no scaling, else the file's own window, for which the weights may well have been trained.
  public let madeFor: Double
  public let isTrained: Bool

  public var value: Double { Double(target) / madeFor }
  public var limit: Double { isTrained ? Self.trainedLimit : Self.frozenLimit }
  public var isExtreme: Bool { value > limit }

  /// Nil where no length is known.
  ///
  /// - Parameters:
  ///   - base: the file's; nil where it names none.
  ///   - scalingType: the file's `rope_type`; nil where it is not scaled.
  public init?(
    target: Int, known: PublishedModel?, window: Int?, base: Double?, scalingType: String?, isTrained: Bool
  ) {
    let unscaled = known.flatMap { known in
      known.scaling == nil && (base ?? known.base) <= known.base * 1.01 && scalingType != "llama3" ? known : nil
    }
    guard let length = unscaled.map({ Double($0.trainedLength) }) ?? window.map(Double.init), length > 0 else {
      return nil
    }
    self.target = target
    madeFor = length
    self.isTrained = isTrained
  }
}
