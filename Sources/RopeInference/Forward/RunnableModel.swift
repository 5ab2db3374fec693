import RopeModel
import RopeTensors

/// A model with its weights, ready to run in one number type or the other.
public struct RunnableModel: Sendable {
  /// What the forward pass computes in.
  public enum Precision: String, Sendable, CaseIterable, Codable {
    case float32
    /// The plain kernel: slow, for reference figures.
    case float64
  }

  public let resolved: ResolvedModel
  public let architecture: Architecture
  public let weights: any WeightSource

  public init(resolved: ResolvedModel, architecture: Architecture, weights: any WeightSource) {
    self.resolved = resolved
    self.architecture = architecture
    self.weights = weights
  }

  /// A `.gguf` file, or a Hugging Face folder or `config.json` with its safetensors.
  ///
  /// - Throws: `InferenceError.configuration`, `.weights` or `.unsupported` with what is wrong with the files.
  public init(path: String) throws(InferenceError) {
    do {
      resolved = try ModelLoader.load(path)
    } catch {
      throw .configuration(error)
    }
    if path.hasSuffix(".gguf") {
      let file: GGUF
      do { file = try GGUF(path: path) } catch { throw .weights(error) }
      weights = file
      architecture = try Architecture(file, model: resolved)
      return
    }
    let config = path.hasSuffix(".json") ? path : path + "/config.json"
    let bytes: [UInt8]
    do throws(TensorError) {
      weights = try ModelWeights.open(path)
      let file = try MappedFile(path: config)
      bytes = file.array(0..<file.count)
    } catch {
      throw .weights(error)
    }
    let declaration: RopeDeclaration
    do {
      declaration = try RopeDeclaration(SourceText(bytes: bytes, path: config))
    } catch {
      throw .configuration(error)
    }
    architecture = try Architecture(declaration, model: resolved)
  }

  /// - Parameters:
  ///   - memoryLimit: bytes up to which weights are kept expanded; beyond, each layer is expanded when it is needed.
  ///   - workers: threads; nil for one a processor.
  public func languageModel(
    _ precision: Precision = .float32, memoryLimit: Int = 2 << 30, workers: Int? = nil
  ) throws(InferenceError) -> any LanguageModel {
    switch precision {
    case .float32: try Transformer<Float>(architecture, weights: weights, memoryLimit: memoryLimit, workers: workers)
    case .float64: try Transformer<Double>(architecture, weights: weights, memoryLimit: memoryLimit, workers: workers)
    }
  }
}
