import RopeText

/// Why a tensor or a file of tensors cannot be had: one sentence.
public enum TensorError: Error, Sendable, Equatable, CustomStringConvertible {
  case shape([Int], count: Int)
  /// The file's header does not read or contradicts the file.
  case header(String)
  /// A GGUF file that does not read or contradicts itself.
  case gguf(String)
  /// A JSON file beside the tensors, such as a shard index, that does not read.
  case json(String)
  case missing(name: String, known: [String])
  case type(name: String, found: String, expected: String)
  /// Rows beyond the tensor, or a buffer that cannot hold them.
  case rows(name: String, asked: Range<Int>, rows: Int, columns: Int, capacity: Int)
  /// A Git LFS pointer in place of the file, and the size of what it points to.
  case pointer(byteCount: Int?)
  /// The bytes could not be read.
  case reading(String)
  /// What is wrong with the file at a path.
  indirect case file(path: String, TensorError)

  public var description: String {
    switch self {
    case .shape(let shape, let count): "a tensor of shape \(shape) cannot hold \(count) numbers"
    case .header(let problem): "not a valid safetensors file: \(problem)"
    case .gguf(let problem): "not a valid GGUF file: \(problem)"
    case .json(let problem): problem
    case .missing(let name, let known):
      "the file holds no tensor “\(name.excerpt())”; " + Self.rest(name, known)
    case .type(let name, let found, let expected): "tensor “\(name.excerpt())” is \(found), expected \(expected)"
    case .rows(let name, let asked, let rows, let columns, let capacity):
      "rows \(asked) do not fit tensor “\(name.excerpt())” (\(rows) rows of \(columns)) or a buffer of \(capacity) numbers"
    case .pointer(let byteCount):
      "it is a Git LFS pointer, not the file itself\(byteCount.map { " (\($0) bytes)" } ?? ""): fetch that with “git lfs pull”, or download the model again"
    case .reading(let problem): problem
    case .file(let path, let error): "“\(path)”: \(error)"
    }
  }

  /// The same error with the file that it is about; one that names a path already stays as it is.
  public func located(in path: String) -> TensorError {
    switch self {
    case .reading, .file: self
    default: .file(path: path, self)
    }
  }

  private static func rest(_ name: String, _ known: [String]) -> String {
    guard !known.isEmpty else { return "it holds none at all" }
    let names = Set(known)
    return ForeignStorage.inPlace(of: name) { names.contains($0) } ?? "it holds \(list(known))"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "“\($0.excerpt())”" }.joined(separator: ", ")
    return names.count > 8 ? shown + " and \(names.count - 8) more" : shown
  }
}
