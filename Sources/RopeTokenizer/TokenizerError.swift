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
  /// A list of token ids that does not read.
  case tokenIDs(String)
  /// What is wrong with the file at a path.
  indirect case file(path: String, TokenizerError)

  public var description: String {
    switch self {
    case .invalid(let problem): "not a valid tokenizer: \(problem)"
    case .unsupported(let problem): problem
    case .unknownToken(let id, let count): "token \(id) is not in the vocabulary, which has 0 … \(count - 1)"
    case .reading(let problem), .tokenIDs(let problem): problem
    case .file(let path, let error): "“\(path)”: \(error)"
    }
  }

  /// The same error with the file that it is about; one that names a path already stays as it is.
  func located(in path: String) -> TokenizerError {
    switch self {
    case .reading, .file: self
    default: .file(path: path, self)
    }
  }
}
