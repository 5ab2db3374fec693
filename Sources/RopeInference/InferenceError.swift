import RopeConfig
import RopeJSON
import RopeKernel
import RopeMath
import RopeTensors

/// Why a model cannot be run as asked for: one sentence.
public enum InferenceError: Error, Sendable, CustomStringConvertible {
  /// The model is not one that the forward pass describes.
  case unsupported(String)
  /// A tensor's shape is not the one that the configuration asks for; of the file at a path where it is known.
  case shape(tensor: String, found: [Int], expected: [Int], path: String? = nil)
  case option(String)
  case configuration(ConfigurationError)
  case weights(TensorError)
  case kernel(KernelError)
  case method(MethodError)
  /// The caller asked to stop.
  case cancelled

  public var description: String {
    switch self {
    case .unsupported(let problem), .option(let problem): problem
    case .shape(let tensor, let found, let expected, let path):
      (path.map { "“\($0)”: " } ?? "")
        + "tensor “\(tensor)” has shape \(found), the model's configuration asks for \(expected)"
    case .configuration(let error): error.description
    case .weights(let error): error.description
    case .kernel(let error): error.description
    case .method(let error): error.description
    case .cancelled: "stopped before the end"
    }
  }

  /// The same error with the file of weights that it is about, where it is about one.
  func located(in path: String?) -> InferenceError {
    guard let path else { return self }
    switch self {
    case .weights(let error): return .weights(error.located(in: path))
    case .shape(let tensor, let found, let expected, nil):
      return .shape(tensor: tensor, found: found, expected: expected, path: path)
    default: return self
    }
  }
}
