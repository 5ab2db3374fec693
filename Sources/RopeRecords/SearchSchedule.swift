/// How many candidates a search makes, and what each is measured on.
public struct SearchSchedule: Sendable, Hashable, Codable {
  /// Windows of one length with a needle in each.
  public struct Rung: Sendable, Hashable, Codable {
    /// Tokens of a window.
    public var length: Int
    public var windows: Int

    public init(length: Int, windows: Int) {
      self.length = length
      self.windows = windows
    }
  }

  /// Candidates of the first generation.
  public var population: Int
  public var generations: Int
  /// The best of all generations, which the next one comes from.
  public var parents: Int
  /// Of each generation after the first.
  public var mutants: Int
  public var crossovers: Int
  /// From the cheapest to the target; each keeps half of what the one before measured.
  public var rungs: [Rung]

  public init(population: Int, generations: Int, parents: Int, mutants: Int, crossovers: Int, rungs: [Rung]) {
    self.population = population
    self.generations = generations
    self.parents = parents
    self.mutants = mutants
    self.crossovers = crossovers
    self.rungs = rungs
  }

  /// Candidates that each rung measures of so many: all, the better half of them, of these again.
  public func counts(of candidates: Int) -> [Int] {
    var counts: [Int] = [], left = candidates
    for _ in rungs {
      counts.append(left)
      left = (left + 1) / 2
    }
    return counts
  }

  /// Candidates of a generation.
  public func size(of generation: Int) -> Int { generation == 0 ? population : mutants + crossovers }

  /// Windows that are read at each rung in all.
  public var windows: [Int] {
    var windows = rungs.map { _ in 0 }
    for generation in 0..<max(0, generations) {
      for (rung, count) in counts(of: size(of: generation)).enumerated() {
        windows[rung] += count * rungs[rung].windows
      }
    }
    return windows
  }

  /// Tokens that are read in all.
  public var tokens: Double {
    zip(rungs, windows).reduce(0) { $0 + Double($1.0.length) * Double($1.1) }
  }
}
