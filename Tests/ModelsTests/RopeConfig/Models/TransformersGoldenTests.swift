import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct TransformersGoldenTests {
  /// One recorded table: inverse frequencies and attention factor at a length.
  private func compare(
    _ record: [String: Any], _ layer: LayerRotary, length: Int, target: Int, _ name: String, worst: inout Double
  ) throws {
    guard let frequencies = record["inv_freq"] as? [Double] else { return }
    let plan = try layer.plan(length: length, target: target)
    let error = Accuracy.worst(plan.inverseFrequencies, frequencies, by: Accuracy.float32Ulps)
    #expect(error <= layer.tolerance, "\(name) at \(length): \(error) ulp")
    if error.isFinite { worst = max(worst, error) }
    if let factor = record["attention_factor"] as? Double {
      #expect(
        Accuracy.relative(plan.attentionFactor, factor) <= 1e-12,
        "\(name): attention factor \(plan.attentionFactor), \(factor)")
    }
  }

  @Test func singleTables() throws {
    var worst = 0.0
    var compared = 0
    for golden in try GoldenCase.load("hf_rope_v5.json") {
      let result = golden.result
      if result["raised"] is [String: Any] {
        let model = try? golden.model()
        #expect(model == nil || model?.allNotes.isEmpty == false, "\(golden.name) is neither refused nor diagnosed")
        continue
      }
      let model = try golden.model()
      let layer = try #require(model.layerTypes.first, "\(golden.name)")
      let target = model.window ?? layer.geometry.trainedLength
      let isDynamic = layer.scaling?.parts.first?.id == "dynamic"
      let initial = isDynamic ? target : layer.scaling?.parts.first?.id == "longrope" ? 1 : target
      try compare(result, layer, length: initial, target: target, golden.name, worst: &worst)
      for record in result["by_seq_len"] as? [[String: Any]] ?? [] {
        let length = record["seq_len"] as? Int ?? 1
        try compare(record, layer, length: max(1, length), target: target, golden.name, worst: &worst)
      }
      compared += 1
    }
    print("transformers 5.23 single tables: \(compared) cases, worst \(worst) ulp of float32")
    #expect(compared > 60)
  }

  @Test func tablesByLayerType() throws {
    var worst = 0.0
    for golden in try GoldenCase.load("hf_rope_nested_v5.json") {
      let model = try golden.model()
      let types = golden.result["by_layer_type"] as? [String: [String: Any]] ?? [:]
      #expect(types.count == model.layerTypes.count, "\(golden.name)")
      for (name, record) in types {
        let layer = try #require(model.layerTypes.first { $0.name == name }, "\(golden.name) has no \(name)")
        let target = model.window ?? layer.geometry.trainedLength
        try compare(record, layer, length: target, target: target, "\(golden.name) \(name)", worst: &worst)
      }
    }
    print("transformers 5.23 nested tables: worst \(worst) ulp of float32")
  }

  /// What 5.23 refuses is refused or diagnosed; what it takes in silence and computes finite numbers from is read.
  @Test func verdicts() throws {
    for golden in try GoldenCase.load("hf_validation.json") {
      guard let verdict = golden.result["transformers 5.23.0"] as? [String: Any] else { continue }
      let raised = verdict["raised"] is [String: Any]
      let nonFinite = verdict["non_finite"] as? Bool ?? false
      // The fixture reader cannot tell 4096.0 from 4096; `fractionalWindowsAreRefused` holds this case.
      if golden.name == "max_position-float" { continue }
      let model = try? golden.model()
      if raised || nonFinite {
        #expect(model == nil || model?.allNotes.isEmpty == false, "\(golden.name) is neither refused nor diagnosed")
      } else if verdict["verdict"] as? String == "silent", golden.name != "longrope-long-has-zero" {
        #expect(model != nil, "\(golden.name) is refused")
      }
    }
  }

  @Test func fractionalWindowsAreRefused() {
    let text =
      #"{"model_type": "llama", "hidden_size": 256, "num_attention_heads": 4, "max_position_embeddings": 4096.0}"#
    #expect(throws: ConfigurationError.self) { try ModelLoader.load(bytes: Array(text.utf8), name: "c") }
  }
}
