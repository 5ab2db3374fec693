import RopeMath
import RopeRecords

/// Generations of candidates: starts of a space and their mutants, then mutants and crossovers of the best so far (the
/// loop of LongRoPE, arXiv 2402.13753, algorithm 1, whose 64 candidates, 32 parents, 16 mutants and 16 crossovers are a
/// population of 64 here).
public struct Evolution: Sendable {
  public let space: any SearchSpace
  public let schedule: SearchSchedule
  private var generator: SeededGenerator
  private var known: Set<FactorTable> = []
  private var next = 0

  static let mostTries = 32

  public init(_ space: any SearchSpace, schedule: SearchSchedule, seed: UInt64) {
    self.space = space
    self.schedule = schedule
    generator = SeededGenerator(seed: seed)
  }

  /// A generation's candidates, not measured yet; none has the table of another one, of this generation or before.
  ///
  /// - Parameter parents: the best so far, the best first; none for the first generation.
  public mutating func candidates(of generation: Int, from parents: [SearchCandidate]) -> [SearchCandidate] {
    var found: [SearchCandidate] = []
    if generation == 0 {
      for genes in space.starts.prefix(schedule.population) {
        if let candidate = candidate(genes, generation, .start, []) { found.append(candidate) }
      }
      let starts = found
      while !starts.isEmpty, found.count < schedule.population,
        let candidate = mutant(of: starts[found.count % starts.count], generation)
      {
        found.append(candidate)
      }
      return found
    }
    for _ in 0..<schedule.mutants {
      if let parent = chosen(parents), let candidate = mutant(of: parent, generation) { found.append(candidate) }
    }
    for _ in 0..<schedule.crossovers {
      if let candidate = crossover(parents, generation) { found.append(candidate) }
    }
    return found
  }

  private mutating func chosen(_ parents: [SearchCandidate]) -> SearchCandidate? {
    parents.isEmpty ? nil : parents[Int(generator.next() % UInt64(parents.count))]
  }

  /// Nil where nothing new is near.
  private mutating func mutant(of parent: SearchCandidate, _ generation: Int) -> SearchCandidate? {
    for _ in 0..<Self.mostTries {
      let genes = space.mutated(parent.genes, using: &generator)
      if let candidate = candidate(genes, generation, .mutant, [parent.id]) { return candidate }
    }
    return nil
  }

  /// A mutant where the two have nothing new between them.
  private mutating func crossover(_ parents: [SearchCandidate], _ generation: Int) -> SearchCandidate? {
    guard let first = chosen(parents) else { return nil }
    let others = parents.filter { $0.id != first.id }
    for _ in 0..<Self.mostTries {
      guard let second = chosen(others) else { break }
      let genes = space.crossed(first.genes, second.genes, using: &generator)
      if let candidate = candidate(genes, generation, .crossover, [first.id, second.id]) { return candidate }
    }
    return mutant(of: first, generation)
  }

  /// Nil for a table that is known.
  private mutating func candidate(
    _ genes: [Double], _ generation: Int, _ origin: SearchCandidate.Origin, _ parents: [Int]
  ) -> SearchCandidate? {
    let table = space.table(genes)
    guard known.insert(table).inserted else { return nil }
    defer { next += 1 }
    return SearchCandidate(
      id: next, generation: generation, origin: origin, parents: parents, genes: genes, factors: table.factors,
      attentionFactor: table.attentionFactor)
  }
}

extension SearchCandidate {
  var table: FactorTable { FactorTable(factors: factors, attentionFactor: attentionFactor) }
}
