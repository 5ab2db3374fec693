import ArgumentParser
import CRopeSystem
import Foundation
import RopeInference
import RopeMath
import RopeTokenizer

/// What every evaluation of a real model takes.
struct EvaluationOptions: ParsableArguments {
  @Argument(help: "A .gguf file, or a folder with config.json and safetensors.", completion: .file())
  var model: String

  @Option(
    name: [.customLong("methods"), .customLong("method")], parsing: .singleValue,
    help:
      "Methods as SPEC[,SPEC…]; may be repeated. Where left out the file's own (config), for search yarn, ntk and linear.",
    completion: Completions.specifications)
  var methods: [String] = []

  @Option(
    length:
      "Length that parameters of methods are derived from where they are not given; the longest one read where left out. For search the tokens to reach."
  )
  var target: LengthArgument?

  @Option(
    help: "float32; bfloat16 (products of numbers rounded to it, as servers compute); float64 (the plain kernel, slow)."
  )
  var precision: RunnableModel.Precision = .float32

  @Option(help: "Threads; one a processor where left out.")
  var jobs: Int?

  @Flag(help: "Apply methods to sliding-window layers too.")
  var allLayers = false

  /// What the evaluation reads.
  ///
  /// - Parameter texts: a text or token ids.
  func inputs(_ texts: String?...) -> [CommandInput] {
    [.model(model)] + texts.compactMap { $0.map(CommandInput.named) } + CommandInput.methods(methods)
  }

  /// The model ready to run; what is wrong with its files is told.
  ///
  /// - Parameter vocabularySize: that of the tokenizer that cuts its texts.
  func open(vocabularySize: Int? = nil) throws -> (files: RunnableModel, model: any LanguageModel) {
    guard jobs.map({ (1...256).contains($0) }) ?? true else { throw Failure.usage("--jobs must lie in 1 … 256") }
    guard rope_memory_has(192 << 20) else {
      throw Failure(
        kind: "memory", "the limit of the address space (ulimit -v) leaves no room to run a model; raise it")
    }
    let files = try RunnableModel(path: model)
    if let vocabularySize { try files.checkVocabulary(of: vocabularySize) }
    return (files, try files.languageModel(precision, workers: jobs))
  }

  func specifications() throws -> [MethodSpecification] {
    let given = try methods.flatMap { try MethodSpecification.parseList($0, loadNumbers: NumberFile.load) }
    return given.isEmpty ? [.configuration] : given
  }

  /// That of the model. What is no file or folder, such as a preset, is refused as the model that it is not.
  func tokenizer() throws -> Tokenizer {
    do { return try Tokenizer(path: model) } catch {
      if !FileManager.default.fileExists(atPath: model) { _ = try RunnableModel(path: model) }
      throw error
    }
  }

  /// What a record says of how it was made.
  func setting(_ files: RunnableModel, targetLength: Int, text: String?) -> EvaluationSetting {
    EvaluationSetting(
      model: files.resolved.name, trainedLength: files.resolved.layerTypes.first?.geometry.trainedLength,
      targetLength: target?.tokens ?? targetLength, text: text.map { URL(fileURLWithPath: $0).lastPathComponent },
      precision: precision.rawValue)
  }

  /// Progress on a terminal with the time that is left, and interruption that ends after what is under way.
  func control(_ console: Console, _ output: OutputOptions, _ interruption: Interruption) -> RunControl {
    guard console.errorIsTerminal, !output.quiet else { return RunControl(isCancelled: { interruption.isAsked }) }
    let estimate = TimeEstimate()
    return RunControl(isCancelled: { interruption.isAsked }) { share in
      let left = estimate.secondsLeft(share: share).map { ", \(Self.duration($0)) left" } ?? ""
      let filled = Int(24 * share)
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
      console.write(.error, Array("\r\u{1B}[K\(bar) \(Int(share * 100)) %\(left)".utf8))
      if share >= 1 { console.write(.error, Array("\r\u{1B}[K".utf8)) }
    }
  }

  static func duration(_ seconds: Int) -> String {
    seconds < 100 ? "\(seconds) s" : seconds < 6000 ? "\((seconds + 30) / 60) min" : "\((seconds + 1800) / 3600) h"
  }
}

extension RunnableModel.Precision: ExpressibleByArgument {}
