import Foundation
import RopeMath

enum MlaSoftmaxScaleMissing: Rule {
  static let card = RuleCard(
    "mla-softmax-scale-missing", .warning, "The runtime leaves out latent attention's softmax multiplier",
    why: "With mscale_all_dim, every logit is to be multiplied by gm(s)²; without it attention is 1.6–1.9 × too flat and long answers wander.",
    fix: "Use a version that multiplies.",
    references: ["huggingface/transformers#47435", "NVIDIA/Megatron-LM#1429", "onnxruntime/mobius#548", "PrimeIntellect-ai/prime-rl#2681"],
    failing: [RuleExample(#"{"model_type": "deepseek_v2", "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 0.707}}"#, facts: Facts(runtimes: ["transformers 4.57"]))],
    passing: [RuleExample(#"{"model_type": "deepseek_v2", "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 0.707}}"#, facts: Facts(runtimes: ["vllm"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.isLatent, let scaling = subject.scaling, scaling.isYarn, let coefficient = scaling.number("mscale_all_dim"),
      coefficient != 0, let factor = scaling.factor, factor > 1, let place = scaling.dictionary.member("mscale_all_dim")
    else { return [] }
    let isVersion2 = ["deepseek_v2", "mistral4"].contains(subject.modelType ?? "")
    let runtime = subject.runtimes.first { runtime in
      // DeepSeek-V2 and Mistral-4 lacked the multiplier until mid-2026.
      runtime.name == .transformers && isVersion2 && runtime.isBefore(5, 14)
    }
    guard let runtime else { return [] }
    let multiplier = pow(YaRNTemperature.magnitude(scale: factor, coefficient: coefficient), 2)
    return [
      subject.finding(
        card, at: place,
        "\(runtime.label) does not multiply the softmax scale of \(subject.modelType ?? "this model") by gm(\(Phrase.ratio(factor)), \(Phrase.ratio(coefficient)))²: every logit is \(Phrase.ratio(multiplier)) × too small, at every length. Use a version with huggingface/transformers#47435, or vLLM or SGLang")
    ]
  }
}
