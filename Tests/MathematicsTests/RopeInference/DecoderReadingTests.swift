import Foundation
import RopeConfig
import RopeInference
import RopeJSON
import RopeTensors
import RopeTestSupport
import Testing

/// What a decoder's file leaves out, contradicts or asks for in vain.
@Suite struct DecoderReadingTests {
  private func reading(_ json: String) throws -> Reading {
    try RuntimeCatalogue.reference.read(
      Declaration(SourceText(bytes: Array(json.utf8), path: "config.json")), source: "config.json", name: "model")
  }

  private func refusal(_ json: String) -> String {
    do {
      _ = try Decoder(reading(json))
      return "none"
    } catch { return "\(error)" }
  }

  /// Gemma 3 4B as it is published: the class's numbers stand in for what its file leaves out.
  @Test func sparseGemma3IsWhole() throws {
    let decoder = try Decoder(
      reading(
        """
        {"model_type": "gemma3", "text_config": {"hidden_size": 2560, "intermediate_size": 10240,
        "model_type": "gemma3_text", "num_hidden_layers": 34, "rope_scaling": {"factor": 8.0, "rope_type": "linear"},
        "sliding_window": 1024}}
        """))
    let attention = decoder.layers[0].attention
    #expect(decoder.vocabularySize == 262_208 && decoder.layers.count == 34 && decoder.hiddenSize == 2560)
    #expect(attention.heads == 8 && attention.keyValueHeads == 4 && attention.headDimension == 256)
    #expect(decoder.layers.map { $0.attention.window == nil }.filter { $0 }.count == 5)
    #expect(decoder.layers[5].attention.window == nil && attention.window == 1024)
    // A multimodal model has no cap of its logits.
    #expect(decoder.finalSoftCap == nil)
  }

  /// The language model inside of a multimodal one, by either way of naming it.
  @Test(arguments: ["model.language_model.", "language_model.model."])
  func namesInsideOfALargerModelAreFound(_ prefix: String) throws {
    let golden = try DecoderGoldens("gemma3_text") { name in
      name.hasPrefix("model.") ? prefix + name.dropFirst("model.".count) : name
    }
    let item = try #require(golden.cases.first)
    // The numbers are drawn from the names: other names are another model, which computes all the same.
    let plain = try #require(try DecoderGoldens("gemma3_text").cases.first)
    let renamed = MemoryWeights(
      Dictionary(
        uniqueKeysWithValues: plain.model.weights.tensors.map { name, tensor in
          (name.hasPrefix("model.") ? prefix + name.dropFirst("model.".count) : name, tensor)
        }))
    #expect(Set(renamed.tensorNames) == Set(item.model.weights.tensorNames))
    let model = try Transformer<Float>(plain.model.decoder, weights: renamed, resolved: plain.model.resolved)
    var rows: [[Double]] = []
    try model.forEachLogits(
      of: golden.tokens, plans: plain.model.plans(length: 40), at: 0..<40, options: RunOptions()
    ) { rows.append($1) }
    #expect(DecoderFamilyTests.error(rows, plain.logits) <= 1e-5)
  }

  /// An absent window is the class's 4,096 tokens, a null one none.
  @Test func absentWindowsAreTheClasses() throws {
    let sizes =
      #""hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 4, "num_hidden_layers": 2, "max_position_embeddings": 32768"#
    for (type, more) in [
      ("mistral", ""), ("qwen2", #", "use_sliding_window": true, "max_window_layers": 0"#),
      ("qwen3", #", "use_sliding_window": true, "max_window_layers": 0"#), ("gemma3_text", ""),
    ] {
      let absent = try Decoder(reading(#"{"model_type": "\#(type)", \#(sizes)\#(more)}"#))
      #expect(absent.layers[0].attention.window == 4096, "\(type)")
    }
    let null = try Decoder(reading(#"{"model_type": "mistral", \#(sizes), "sliding_window": null}"#))
    #expect(null.layers[0].attention.window == nil)
  }

  /// A head that the file holds beats the word that it is the embedding.
  @Test func aHeadInTheFileCounts() throws {
    let golden = try DecoderGoldens("llama")
    let tied = try #require(golden.cases.first { $0.name == "tied" })
    let plain = try #require(golden.cases.first { $0.name == "plain" })
    let head = try #require(plain.model.weights.tensors["lm_head.weight"])
    let weights = MemoryWeights(tied.model.weights.tensors.merging(["lm_head.weight": head]) { $1 })
    let model = try Transformer<Float>(tied.model.decoder, weights: weights, resolved: tied.model.resolved)
    var rows: [[Double]] = []
    try model.forEachLogits(
      of: golden.tokens, plans: tied.model.plans(length: 40), at: 0..<40, options: RunOptions()
    ) { rows.append($1) }
    // The body of both is the same; only the head differs.
    #expect(DecoderFamilyTests.error(rows, plain.logits) <= 1e-5)
    #expect(DecoderFamilyTests.error(rows, tied.logits) > 0.1)
  }

  /// gpt-oss's experts as they are published: packed rows of the matrices, which the class holds the other way round.
  @Test func packedExpertsAreThoseOfTheClass() throws {
    let golden = try DecoderGoldens("gpt_oss"), item = try #require(golden.cases.first)
    var tensors = item.model.weights.tensors
    for (name, tensor) in tensors where name.hasSuffix("experts.gate_up_proj") || name.hasSuffix("experts.down_proj") {
      let (count, rows, columns) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
      let turned = (0..<count).flatMap { expert in
        (0..<columns * rows).map { tensor.values[expert * rows * columns + $0 % rows * columns + $0 / rows] }
      }
      tensors[name] = nil
      tensors[name + "_blocks"] = try Tensor(shape: [count, columns, rows], values: turned)
    }
    let model = try Transformer<Float>(
      item.model.decoder, weights: MemoryWeights(tensors), resolved: item.model.resolved)
    var logits: [[Double]] = []
    try model.forEachLogits(
      of: golden.tokens, plans: item.model.plans(length: 40), at: 0..<40, options: RunOptions()
    ) { logits.append($1) }
    #expect(DecoderFamilyTests.error(logits, item.logits) <= 1e-5)
  }

  /// What no class knows is not run as plain rotation.
  @Test(arguments: ["foo", "mrope-3d"])
  func unknownScalingIsRefused(_ type: String) throws {
    let golden = try DecoderGoldens("llama", changing: ["rope_scaling": ["rope_type": type, "factor": 2.0]])
    let item = try #require(golden.cases.first)
    #expect(throws: InferenceError.self) { try item.model.plans(length: 40) }
    do { _ = try item.model.plans(length: 40) } catch { #expect("\(error)".contains("“\(type)” is not known")) }
    // Another method than the file's own runs.
    _ = try item.model.plans("none", length: 40)
  }

  @Test func aCountOfLayersIsNeeded() {
    let message = refusal(#"{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4}"#)
    #expect(message.contains("“num_hidden_layers” is missing"), "\(message)")
  }

  @Test func bidirectionalModelsAreRefused() throws {
    let sizes = #""hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 2"#
    #expect(
      refusal(#"{"model_type": "gemma3_text", \#(sizes), "use_bidirectional_attention": true}"#)
        .contains("use_bidirectional_attention"))
    #expect(refusal(#"{"model_type": "llama", \#(sizes), "is_causal": false}"#).contains("is_causal"))
    #expect(refusal(#"{"model_type": "gemma3_text", \#(sizes), "use_bidirectional_attention": false}"#) == "none")
  }

  /// Of the values that single layers have, those of their heads are read; a model with others does not run.
  @Test func valuesOfSingleLayersAreReadOrRefused() throws {
    func model(_ own: String) -> String {
      """
      {"model_type": "gemma4_text", "num_hidden_layers": 2, "layer_types": ["sliding_attention", "full_attention"],
      "num_attention_heads": 4, "num_key_value_heads": 2, "hidden_size": 32, "intermediate_size": 48, "head_dim": 8,
      "vocab_size": 32, "hidden_size_per_layer_input": 0, "num_kv_shared_layers": 0, "per_layer_config": {"1": {\(own)}}}
      """
    }
    let decoder = try Decoder(reading(model(#""head_dim": 16, "num_key_value_heads": 4"#)))
    #expect(decoder.layers.map(\.attention.keyValueHeads) == [2, 4])
    #expect(decoder.layers.map(\.attention.headDimension) == [8, 16])
    #expect(refusal(model(#""intermediate_size": 40"#)).contains("“intermediate_size” of a single layer is not read"))
  }

  @Test func missingSizesAreNamed() throws {
    let twin = try #require(try StoredTwin.twins("llama").first { $0.name == "plain" })
    for (key, expected) in [
      ("llama.context_length", "llama.context_length"), ("llama.embedding_length", "llama.embedding_length"),
      ("llama.attention.head_count", "llama.attention.head_count"),
      ("llama.feed_forward_length", "llama.feed_forward_length"), ("llama.block_count", "llama.block_count"),
    ] {
      var writer = try twin.writer()
      writer.metadata.removeAll { $0.0 == key || $0.0 == "llama.rope.dimension_count" && key.hasSuffix("head_count") }
      #expect(try message(writer).contains(expected), "\(key)")
    }
  }

  private func message(_ writer: GGUFWriter) throws -> String {
    let path = NSTemporaryDirectory() + "/ropescope-\(UUID().uuidString).gguf"
    try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return message(of: path)
  }

  private func message(of path: String) -> String {
    do throws(InferenceError) {
      _ = try RunnableModel(path: path).languageModel()
      return "none"
    } catch { return error.description }
  }

  @Test func quantisedAndMixedFilesAreNamed() throws {
    let sizes = #""hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 2"#
    for method in ["gptq", "awq", "bitsandbytes"] {
      let config = #"{"model_type": "llama", \#(sizes), "quantization_config": {"quant_method": "\#(method)"}}"#
      #expect(refusal(config).contains("quantised by \(method)"))
    }
    // Experts in a file whose metadata do not tell of them.
    var writer = try #require(try StoredTwin.twins("mixtral").first { $0.name == "plain" }).writer()
    writer.metadata.removeAll { $0.0.contains("expert") }
    #expect(try message(writer).contains("mixture of experts"))
  }

  @Test func whatHasNoWeightsIsNamed() throws {
    #expect(message(of: "llama-2-7b").contains("is a preset"))
    let folder = NSTemporaryDirectory() + "/ropescope-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = FileManager.default
    let config = #"{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 2}"#
    #expect(files.createFile(atPath: folder + "/config.json", contents: Data(config.utf8)))
    #expect(files.createFile(atPath: folder + "/pytorch_model.bin", contents: Data([1, 2, 3])))
    #expect(message(of: folder).contains("pytorch_model.bin"))
    let pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "a", count: 64))\nsize 9\n"
    #expect(files.createFile(atPath: folder + "/model.safetensors", contents: Data(pointer.utf8)))
    #expect(message(of: folder).contains("LFS"))
    #expect(message(of: folder + "/model.safetensors").contains("holds weights only"))
  }
}
