import RopeAnalysis
import RopeCheck
import RopeConfig
import RopeMath

let geometry = try RotaryGeometry(headDimension: 128, base: 1_000_000, trainedLength: 32_768)
let context = MethodContext(geometry: geometry, targetLength: 131_072)
let yarn = try BoundMethod(.parse("yarn:factor=4"), context: context)
let plan = try yarn.plan(length: 131_072)
print(plan.inverseFrequencies[0], plan.attentionFactor, plan.effectiveDistance(query: 900, key: 7) ?? .nan)

// What a runtime reads in a configuration, and what is wrong with it.
let reading = try ModelLoader.load("qwen2.5-7b")
print(reading.name, reading.layers ?? 0, "layers")
let text =
  #"{"model_type": "llama", "head_dim": 128, "max_position_embeddings": 8192, "rope_scaling": {"type": "linear"}}"#
for file in Checker().check(bytes: Array(text.utf8), path: "config.json").files {
  for finding in file.findings { print(finding.rule, finding.text) }
}
