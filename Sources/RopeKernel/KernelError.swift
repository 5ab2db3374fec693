import RopeMath
import RopeTensors

/// Why attention cannot be computed from what was given: one sentence.
public enum KernelError: Error, Sendable, Equatable, CustomStringConvertible {
  case rank(tensor: String, shape: [Int])
  case mismatch(String)
  case notFinite(tensor: String, index: [Int])
  /// The inputs are finite, the result is not.
  case overflow(head: Int, token: Int)
  case option(String)
  case plan(String)
  case tensor(TensorError)
  case method(MethodError)

  public var description: String {
    switch self {
    case .rank(let tensor, let shape):
      "tensor “\(tensor)” has shape \(shape), expected three axes: heads, tokens, features, none of them empty"
    case .mismatch(let problem), .option(let problem), .plan(let problem): problem
    case .notFinite(let tensor, let index):
      "tensor “\(tensor)” holds a value that is not a finite number at \(index) (head, token, feature)"
    case .overflow(let head, let token):
      "the attention of head \(head) at token \(token) exceeds the range of its number type; use float64 or smaller inputs"
    case .tensor(let error): error.description
    case .method(let error): error.description
    }
  }
}
