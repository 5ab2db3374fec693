import RopeMath

/// Tables that a search chooses among, each made from a list of numbers, its genes. Every table of a space is monotone:
/// λ̂ never falls from a pair to a slower one and is at least 1 (LongRoPE, arXiv 2402.13753, §3.2).
public protocol SearchSpace: Sendable {
  /// Names of the first of the genes.
  var names: [String] { get }
  /// Genes that a search begins with.
  var starts: [[Double]] { get }

  func table(_ genes: [Double]) -> FactorTable

  /// Genes near those given.
  func mutated(_ genes: [Double], using generator: inout SeededGenerator) -> [Double]

  /// Genes of which each comes from one of the two.
  func crossed(_ first: [Double], _ second: [Double], using generator: inout SeededGenerator) -> [Double]
}

extension SeededGenerator {
  /// True with a probability.
  mutating func chance(_ probability: Double) -> Bool { nextUniform() < probability }

  /// A step around 0, at most `width` to either side, small ones likelier: the same bits on every machine.
  mutating func step(_ width: Double) -> Double { (nextUniform() + nextUniform() - 1) * width }
}
