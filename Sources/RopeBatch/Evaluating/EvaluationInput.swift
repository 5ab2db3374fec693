import Foundation
import RopeInference
import RopeTokenizer

/// The files that evaluations read.
enum EvaluationInput {
  /// Bytes at most; the texts that windows are cut from are far smaller.
  private static let largestFile = 1 << 30

  static func text(_ path: String) throws(BatchError) -> String {
    guard let text = String(validating: [UInt8](try data(path)), as: UTF8.self) else {
      throw BatchError("the text is not UTF-8", path: path)
    }
    return text
  }

  /// A JSON list of token ids, or an object with one under `ids`.
  static func tokens(_ path: String) throws(BatchError) -> [Int] {
    let data = try data(path)
    do throws(TokenizerError) { return try TokenIdFile.ids(data) } catch {
      throw BatchError(error.description, path: path)
    }
  }

  private static func data(_ path: String) throws(BatchError) -> Data {
    try check(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BatchError("the file cannot be read", path: path)
    }
    return data
  }

  private static func check(_ path: String) throws(BatchError) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0 else {
      throw BatchError("there is no such file, or it cannot be read", path: path)
    }
    guard Int(status.st_size) <= largestFile else {
      throw BatchError("the file has \(status.st_size) bytes, at most \(largestFile) can be read", path: path)
    }
  }

  /// Whether the evaluations of a plan can be run at all: texts are there, every model has weights that the forward pass
  /// knows, and a tokenizer where a text has to be cut.
  ///
  /// - Throws: `BatchError` with the place in the plan.
  static func check(_ plan: BatchPlan) throws(BatchError) {
    guard let evaluations = plan.evaluations else { return }
    for file in evaluations.files {
      do { try check(file) } catch {
        throw BatchError("evaluations: “\(file)”: \(error.message)", path: plan.path, at: plan.places[file])
      }
    }
    let cutsText = evaluations.entries.contains { entry in
      if case .tokenIDs? = entry.source { false } else { true }
    }
    for model in plan.models {
      func refusal(_ reason: String) -> BatchError {
        BatchError("evaluations cannot be run on “\(model)”: \(reason)", path: plan.path, at: plan.places[model])
      }
      guard FileManager.default.fileExists(atPath: model) else {
        throw refusal(
          "it is no file here, and presets have no weights; give a .gguf file, or a folder with config.json and safetensors"
        )
      }
      do throws(InferenceError) { _ = try RunnableModel(path: model) } catch {
        if case .weights = error {
          throw refusal(
            "its weights cannot be read (\(error)); give a .gguf file, or a folder with config.json and safetensors")
        }
        throw refusal(error.description)
      }
      guard cutsText else { continue }
      do throws(TokenizerError) { _ = try Tokenizer(path: model) } catch { throw refusal(error.description) }
    }
  }
}

extension BatchPlan {
  /// What can only be said with the files at hand.
  ///
  /// - Throws: `BatchError` with the place in the plan.
  package func checkInputs() throws(BatchError) { try EvaluationInput.check(self) }
}
