import RealModule

/// What a model fixes about its rotary embedding before any scaling: sizes, base and the length that it was trained on.
///
/// Unscaled frequencies are `θ_i = base^(−2i/d)` for the pairs `i = 0 ..< d/2`, with `d` the rotary dimension
/// (RoFormer, arXiv 2104.09864, eq. 15).
public struct RotaryGeometry: Sendable, Hashable, Codable {
  /// Features of a query or key head, `D`.
  public let headDimension: Int
  /// Features that are rotated, `d`; even, at most `headDimension`.
  public let rotaryDimension: Int
  /// `b`, often called `rope_theta`; positive. Below 1 the frequencies grow with the pair index.
  public let base: Double
  public let pairing: PairLayout
  /// Tokens of the longest training context before any extension, `L0`.
  public let trainedLength: Int
  /// The size that exponents count in, where it is odd and rotation rounds it up to whole pairs; nil for `d`.
  public let exponentDimension: Int?
  /// Features of a query or key that lie beside the rotated head and enter its logits un-rotated, `qk_nope_head_dim` of
  /// multi-head latent attention; nil for none.
  public let unrotatedFeatures: Int?

  /// - Throws: `GeometryError` where a value lies outside its range; the limits are far beyond any model and keep
  ///   every table that is built from a geometry small.
  public init(
    headDimension: Int, rotaryDimension: Int? = nil, base: Double = 10_000, pairing: PairLayout = .half,
    trainedLength: Int, exponentDimension: Int? = nil, unrotatedFeatures: Int? = nil
  ) throws(GeometryError) {
    let rotary = rotaryDimension ?? headDimension
    guard (2...Self.largestHeadDimension).contains(headDimension) else {
      throw .headDimension(headDimension)
    }
    guard rotary >= 2, rotary <= headDimension, rotary.isMultiple(of: 2) else {
      throw .rotaryDimension(rotary, headDimension: headDimension)
    }
    guard base.isFinite, base > 0 else { throw .base(base) }
    guard (1...Self.largestLength).contains(trainedLength) else { throw .trainedLength(trainedLength) }
    self.headDimension = headDimension
    self.rotaryDimension = rotary
    self.base = base
    self.pairing = pairing
    self.trainedLength = trainedLength
    self.exponentDimension = exponentDimension.flatMap { $0 >= 3 && $0 <= rotary ? $0 : nil }
    self.unrotatedFeatures = unrotatedFeatures.flatMap { (1...Self.largestHeadDimension).contains($0) ? $0 : nil }
  }

  public static let largestHeadDimension = 65_536
  /// Tokens; 2^40. No position beyond it is exact enough in float64 angles to be worth a figure.
  public static let largestLength = 1 << 40

  /// Features that a logit sums over: the head and what lies beside it un-rotated.
  public var scoreDimension: Int { headDimension + (unrotatedFeatures ?? 0) }

  /// `d/2`.
  public var pairCount: Int { rotaryDimension / 2 }

  /// Unscaled `θ_i`, radians per token, one for each pair.
  public var inverseFrequencies: [Double] { inverseFrequencies(base: base) }

  /// `θ_i = base^(−2i/d)` under another base.
  public func inverseFrequencies(base: Double) -> [Double] {
    (0..<pairCount).map {
      Double.exp(-2 * Double($0) / Double(exponentDimension ?? rotaryDimension) * Double.log(base))
    }
  }

  /// First pair whose wavelength is longer than `length`, `i_c`; equal to `pairCount` where every pair completes a turn.
  ///
  /// Half of the critical dimension of Liu et al. (arXiv 2310.05209, eq. 5).
  public func criticalPair(at length: Int) -> Int {
    inverseFrequencies.firstIndex { 2 * Double.pi / $0 > Double(length) } ?? pairCount
  }

  /// The same model with another rotary dimension; used by methods that rotate a part of the head only.
  public func replacing(rotaryDimension: Int) throws(GeometryError) -> RotaryGeometry {
    try RotaryGeometry(
      headDimension: headDimension, rotaryDimension: rotaryDimension, base: base, pairing: pairing,
      trainedLength: trainedLength, unrotatedFeatures: unrotatedFeatures)
  }
}
