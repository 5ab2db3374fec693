/// Why a tokenizer cannot be read or used: one sentence.
public enum TokenizerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file contradicts itself.
  case invalid(String)
  /// A kind of tokenizer that is not known here.
  case unsupported(String)
  /// A token that the vocabulary does not have.
  case unknownToken(Int, count: Int)
  /// The file could not be read.
  case reading(String)

  public var description: String {
    switch self {
    case .invalid(let problem): "not a valid tokenizer: \(problem)"
    case .unsupported(let problem): problem
    case .unknownToken(let id, let count): "token \(id) is not in the vocabulary, which has 0 … \(count - 1)"
    case .reading(let problem): problem
    }
  }
}
