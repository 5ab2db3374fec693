import RopeMath

/// The same configuration as each runtime computes it: the document `ropescope.parity/1`.
public struct ParityReport: Sendable, Codable {
  public var schema: String
  /// `transformers 5.23.0`.
  public var reference: String
  /// Why the reference refuses the file; nothing is compared then.
  public var referenceReason: String?
  public var length: Int
  /// What to tell of the choice of versions.
  public var warnings: [String]
  public var runtimes: [RuntimeParity]
  /// Dumped tables against every runtime, where one was given.
  public var tensors: [TensorMatch]?

  /// - Parameters:
  ///   - runtimes: which to compare, the newest version of each by default.
  ///   - length: tokens in context.
  ///   - servedLength: the window that a server is started with, where it differs.
  ///   - warnings: sentences on the choice of versions, handed on.
  public init(
    of declaration: Declaration, runtimes: [Runtime] = RuntimeCatalogue.newest, length: Int,
    servedLength: Int? = nil, warnings: [String] = []
  ) {
    let reference = RuntimeCatalogue.reference
    var layers: [RuntimeLayer]?
    do { layers = try reference.layers(of: declaration, length: length) } catch { referenceReason = error.message }
    schema = "ropescope.parity/1"
    self.reference = "\(reference.title) \(reference.version)"
    self.length = length
    self.warnings = warnings
    self.runtimes = runtimes.map {
      RuntimeParity($0, declaration, length: length, servedLength: servedLength, reference: layers)
    }
  }

  /// Runtimes that compute other numbers than the reference; those that refuse the file are not among them.
  public var mismatches: [RuntimeParity] { runtimes.filter(\.isMismatch) }

  enum CodingKeys: String, CodingKey {
    case schema, reference, length, warnings, runtimes, tensors
    case referenceReason = "reference_reason"
  }
}
