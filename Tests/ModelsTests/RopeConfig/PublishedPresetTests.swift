import Foundation
import RopeConfig
import RopeJSON
import RopeTestSupport
import Testing

@Suite struct PublishedPresetTests {
  @Test func everyPresetReadsWithItsSizes() throws {
    #expect(ModelPresets.all.count > 100)
    for preset in ModelPresets.all {
      let reading = try preset.resolved()
      #expect(reading.missing.isEmpty && !reading.layerTypes.isEmpty, "\(preset.name): \(reading.missing)")
      #expect(reading.heads != nil && reading.layers != nil && reading.window != nil, "\(preset.name)")
      #expect(reading.layerTypes.allSatisfy { $0.refusal == nil }, "\(preset.name)")
      #expect(
        !preset.source.contains("/work") && !preset.source.contains("shared/"), "\(preset.name): \(preset.source)")
    }
  }

  /// Name, file and table agree on which model a preset is.
  @Test func nameAndKeysTellTheSameModel() throws {
    for preset in ModelPresets.all where !preset.name.hasPrefix("yarn-") {
      let named = preset.hubIDs.compactMap(PublishedModel.named)
      let shown = PublishedModel.shown(by: try preset.declaration())
      #expect(Set(named.map(\.name)).count <= 1, "\(preset.name): \(named.map(\.name))")
      if let shown, let model = named.first {
        // Siblings of the same sizes are one to their files, such as Llama 3.1 and 3.3.
        #expect(
          shown.nativeLength == model.nativeLength && shown.base == model.base && shown.scaling == model.scaling,
          "\(preset.name): \(model.name), the file shows \(shown.name)")
      }
      if preset.name != "stablelm-3b", preset.name != "pythia-1.4b" {
        #expect(preset.published != nil, "\(preset.name)")
      }
    }
  }

  /// The row's facts are those of the file: base, window, share, the scaling and what it counts from.
  @Test func rowsHoldForTheirFiles() throws {
    for preset in ModelPresets.all where !preset.name.hasPrefix("yarn-") {
      guard let model = preset.published else { continue }
      let reading = try preset.resolved()
      guard let layer = reading.layerTypes.first else { continue }
      #expect(
        layer.geometry.base == model.base || model.name.hasPrefix("GLM-4-9B"), "\(preset.name): \(layer.geometry.base)")
      #expect(reading.window.map(model.windows.contains) == true, "\(preset.name): \(reading.window ?? 0)")
      #expect(layer.geometry.trainedLength == model.trainedLength, "\(preset.name): \(layer.geometry.trainedLength)")
      if let scaling = model.scaling, preset.name != "hunyuan-a13b" {
        #expect(
          layer.scaling?.parts.first?.given["factor"]?.number == scaling.factor || scaling.type == "longrope",
          "\(preset.name)")
      }
    }
  }

  @Test func mistralIsTrainedTo8192() throws {
    let reading = try ModelLoader.load("mistral-7b")
    #expect(reading.window == 32_768 && reading.layerTypes.first?.geometry.trainedLength == 8192)
  }

  @Test func theFirstPresetsKeepTheirNames() {
    let names = """
      llama-2-7b llama-3-8b qwen2.5-7b qwen2.5-14b-1m qwen3-30b-a3b llama-3.1-8b llama-3.1-70b codellama-7b \
      tinyllama-1.1b yarn-llama-2-7b-64k yarn-mistral-7b-128k mistral-7b ministral-3-3b phi-3.5-mini phi-4-mini \
      gemma-3-4b deepseek-v2-lite gpt-oss-20b smollm2-135m stablelm-3b pythia-1.4b internlm2.5-7b olmo-3-7b
      """
    for name in names.split(separator: " ") { #expect(ModelPresets.named(String(name)) != nil, "\(name)") }
  }
}
