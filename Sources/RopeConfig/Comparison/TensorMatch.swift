import RopeMath
import RopeTensors

/// A dumped rotary table of somebody's runtime, held against what every known runtime computes.
public struct TensorMatch: Sendable, Codable {
  public enum Kind: String, Sendable, Codable {
    case inverseFrequencies = "inv_freq"
    /// Reciprocals of the frequencies, as MLX keeps them.
    case reciprocals = "reciprocal_inv_freq"
    case cosines = "cos"
    case sines = "sin"
    /// Both in one row, cos first, as vLLM and SGLang keep them.
    case cosinesAndSines = "cos_sin"
    /// Neither a list of one number a pair nor a table of rows.
    case unknown
  }

  public struct Candidate: Sendable, Codable {
    /// What the tensor would be of this layer.
    public var kind: Kind
    public var runtime: String
    public var version: String
    public var layers: String
    /// Tokens in context that the candidate's frequencies are for; 1 where a method has others for short texts.
    public var length: Int
    /// Largest difference in units of what rounding alone allows: 1 or less is a match.
    public var errorInTolerances: Double
    /// Relative for frequencies, absolute for cos and sin.
    public var maxDifference: Double
    public var matches: Bool { errorInTolerances <= 1 }

    enum CodingKeys: String, CodingKey {
      case kind, runtime, version, layers, length
      case errorInTolerances = "error_in_tolerances"
      case maxDifference = "max_difference"
    }
  }

  public var tensor: String
  public var shape: [Int]
  public var elementType: String
  public var kind: Kind
  /// The closest first.
  public var candidates: [Candidate]

  public var matching: [Candidate] { candidates.filter(\.matches) }

  enum CodingKeys: String, CodingKey {
    case tensor, shape, kind, candidates
    case elementType = "dtype"
  }

  /// Every floating-point tensor of a file against every runtime that takes the configuration.
  ///
  /// - Throws: `TensorError` where the file does not read.
  public static func matches(
    in file: Safetensors, of declaration: Declaration, runtimes: [Runtime] = RuntimeCatalogue.all, length: Int
  ) throws(TensorError) -> [TensorMatch] {
    var layers: [(Runtime, RuntimeLayer)] = []
    for runtime in runtimes {
      let long = taken(runtime, declaration, length)
      let short = taken(runtime, declaration, 1)
      layers += long.map { (runtime, $0) }
      layers += short.filter { layer in
        !long.contains { $0.name == layer.name && $0.plan.inverseFrequencies == layer.plan.inverseFrequencies }
      }.map { (runtime, $0) }
    }
    var found: [TensorMatch] = []
    for name in file.names {
      let entry = try file.entry(name)
      guard entry.type.isFloatingPoint else { continue }
      var match = TensorMatch(
        tensor: name, shape: entry.shape, elementType: entry.type.rawValue, kind: .unknown, candidates: [])
      // Nothing is read that cannot be a rotary table, such as the weights of a whole model.
      let fitting = layers.filter { DumpedTable.fits(entry.shape, pairs: $0.1.plan.pairCount) }
      guard !fitting.isEmpty else {
        found.append(match)
        continue
      }
      let table = DumpedTable(try file.doubles(name), type: entry.type)
      for (runtime, layer) in fitting {
        guard let (kind, error, difference) = table.compare(with: layer) else { continue }
        match.candidates.append(
          Candidate(
            kind: kind, runtime: runtime.name, version: runtime.version, layers: layer.name, length: layer.plan.length,
            errorInTolerances: error,
            maxDifference: difference))
      }
      let order = Dictionary(runtimes.enumerated().map { ($1.id, $0) }) { first, _ in first }
      match.candidates.sort { left, right in
        func rank(_ candidate: Candidate) -> (Double, Int, String) {
          (candidate.errorInTolerances, order["\(candidate.runtime)@\(candidate.version)"] ?? 0, candidate.layers)
        }
        return rank(left) < rank(right)
      }
      match.kind = match.candidates.first?.kind ?? .unknown
      found.append(match)
    }
    return found
  }

  /// The layers of a runtime that takes the file: one that refuses it has no table to be compared with, which `parity`
  /// says with its reason.
  private static func taken(_ runtime: Runtime, _ declaration: Declaration, _ length: Int) -> [RuntimeLayer] {
    do { return try runtime.layers(of: declaration, length: length) } catch { return [] }
  }
}
