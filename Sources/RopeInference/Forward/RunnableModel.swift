import RopeConfig
import RopeJSON
import RopeTensors

/// A model with its weights, ready to run in one number type or the other.
public struct RunnableModel: Sendable {
  /// What the forward pass computes in.
  public enum Precision: String, Sendable, CaseIterable, Codable {
    case float32
    /// Products of numbers rounded to bfloat16 with float32 sums, in projections and attention, as servers compute; all
    /// else in float32.
    case bfloat16
    /// The plain kernel: slow, for reference figures.
    case float64
  }

  public let resolved: Reading
  public let decoder: Decoder
  public let weights: any WeightSource
  /// The file of the weights, for messages: of several shards, their index.
  private let weightsPath: String?

  public init(resolved: Reading, decoder: Decoder, weights: any WeightSource) {
    self.resolved = resolved
    self.decoder = decoder
    self.weights = weights
    weightsPath = nil
  }

  /// A `.gguf` file, or a Hugging Face folder or `config.json` with its safetensors.
  ///
  /// - Throws: `InferenceError.configuration`, `.weights` or `.unsupported` with what is wrong with the files.
  public init(path: String) throws(InferenceError) {
    guard !path.hasSuffix(".safetensors") else {
      throw .unsupported("“\(path)” holds weights only; give the folder that it lies in with its config.json")
    }
    do {
      resolved = try ModelLoader.load(path)
    } catch {
      throw .configuration(error)
    }
    if path.hasSuffix(".gguf") {
      do { weights = try ModelWeights.gguf(path) } catch { throw .weights(error) }
      weightsPath = path
      do { decoder = try Decoder(resolved, weights: weights) } catch { throw error.located(in: path) }
      return
    }
    guard resolved.source.split(separator: "/").last != "params.json" else {
      throw .configuration(
        ConfigurationError(
          .unsupported, "the model's config.json is missing: a params.json does not tell how the layers compute",
          path: resolved.source))
    }
    guard let source = resolved.declaration?.source.path, source.hasSuffix(".json") else {
      throw .unsupported(
        "“\(path)” is a preset: it says what a model is and has no weights; give a folder or a .gguf file")
    }
    do throws(TensorError) {
      weightsPath = try ModelWeights.file(path)
      weights = try ModelWeights.open(path)
    } catch {
      throw .weights(error)
    }
    decoder = try Decoder(resolved)
  }

  /// Refuses a tokenizer whose tokens the embedding has no rows for. Rows without tokens are usual padding, and a hundredth
  /// more tokens than rows are the markers of images and sound that some text models carry along.
  ///
  /// - Parameter size: tokens of the tokenizer.
  /// - Throws: `InferenceError.unsupported` with both sizes.
  public func checkVocabulary(of size: Int) throws(InferenceError) {
    guard size <= decoder.vocabularySize + decoder.vocabularySize / 100 else {
      throw .unsupported(
        "the tokenizer has \(size) tokens, but the model's embedding only \(decoder.vocabularySize) rows: they do "
          + "not belong together")
    }
  }

  /// - Parameters:
  ///   - memoryLimit: bytes up to which weights are kept expanded; beyond, each layer is expanded when it is needed.
  ///   - workers: threads; nil for one a processor.
  public func languageModel(
    _ precision: Precision = .float32, memoryLimit: Int = 2 << 30, workers: Int? = nil
  ) throws(InferenceError) -> any LanguageModel {
    do throws(InferenceError) {
      switch precision {
      case .float32:
        return try Transformer<Float>(self, memoryLimit: memoryLimit, workers: workers)
      case .bfloat16:
        return try Transformer<Float>(self, products: .bfloat16, memoryLimit: memoryLimit, workers: workers)
      case .float64:
        return try Transformer<Double>(self, memoryLimit: memoryLimit, workers: workers)
      }
    } catch { throw error.located(in: weightsPath) }
  }
}
