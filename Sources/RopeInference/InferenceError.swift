import RopeKernel
import RopeMath
import RopeModel
import RopeTensors

/// Why a model cannot be run as asked for: one sentence.
public enum InferenceError: Error, Sendable, CustomStringConvertible {
  /// The model is not one that the forward pass describes.
  case unsupported(String)
  /// A tensor's shape is not the one that the configuration asks for.
  case shape(tensor: String, found: [Int], expected: [Int])
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
    case .shape(let tensor, let found, let expected):
      "tensor “\(tensor)” has shape \(found), the model's configuration asks for \(expected)"
    case .configuration(let error): error.description
    case .weights(let error): error.description
    case .kernel(let error): error.description
    case .method(let error): error.description
    case .cancelled: "stopped before the end"
    }
  }
}
