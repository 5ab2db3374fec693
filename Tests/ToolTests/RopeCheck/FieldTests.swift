import Foundation
import RopeCheck
import RopeConfig
import RopeTestSupport
import Testing

/// Inputs rebuilt from public reports, with what an expert wants said of each (`Fixtures/field/index.tsv`).
@Suite struct FieldTests {
  /// A finding that has to be there: its rule, and words or numbers of its message.
  struct Want: Sendable {
    let rule: String
    let words: [String]
    init(_ rule: String, _ words: String...) { (self.rule, self.words) = (rule, words) }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let wanted: [Want]
    /// Rules that must not speak.
    let silent: [String]
    /// Whether there is to be no error and no warning beside what is wanted.
    let isClean: Bool
    var target: Int?
    var testDescription: String { name }

    init(_ name: String, _ wanted: Want..., silent: [String] = [], isClean: Bool = false, target: Int? = nil) {
      self.name = name
      self.wanted = wanted
      self.silent = silent
      self.isClean = isClean
      self.target = target
    }
  }

  static let rows: [Row] = [
    Row("codegemma-2b-unsloth-16384", Want("train-serve-mismatch", "16,384", "8,192"), isClean: true),
    Row("command-a-cohere2-nope", Want("target-exceeds-window", "nothing is to be scaled"), isClean: true),
    Row("command-r-8192-field", Want("target-exceeds-window", "131,072", "nothing is to be scaled"), isClean: true),
    Row("falcon2-11b-no-window", Want("target-exceeds-window", "2,048", "8,192"), isClean: true),
    Row("granite-4.0-h-small-nope", Want("no-rotation", "nope"), isClean: true),
    Row(
      "hunyuan-a13b-alpha", Want("target-exceeds-window", "262,144", "nothing is to be scaled"),
      silent: ["factor-one-noop"], isClean: true),
    Row("kimi-k2.5-llamacpp-ok", isClean: true),
    Row(
      "lf-8664", Want("command-option-faulty", "16384", "32768", "off"), silent: ["scaling-not-saved"], isClean: true),
    Row("ling-2.6-flash-mla-partial", Want("mla-rope-dim", "16 pairs", "32")),
    Row("ling-mini-2.0-vllm-theta-dropped", isClean: true),
    Row(
      "llama2-7b-h2ogpt-alpha-dict", Want("generation-room", "nothing is left"), silent: ["target-exceeds-window"]),
    Row("llama3-8b-mlc-20000", Want("target-exceeds-window", "2.44 ×", "29 of 64", "2.5"), isClean: true),
    Row("llama3.1-8b-unsloth-drops-llama3", Want("config-method-not-implemented", "Unsloth", "llama3"), isClean: true),
    Row("megatron-qwen3-0.6b-128k", Want("original-includes-headroom", "40,960", "32,768")),
    Row("mimo-v2-flash-swa-theta", isClean: true),
    Row(
      "nomic-v1.5-n-positions", Want("target-exceeds-window", "2,048", "scale by 4"),
      silent: ["v5-config-on-v4-runtime"]),
    Row("olmo3-7b-flat-yarn-tf5", Want("sliding-layers-scaled", "transformers 5.8", "sliding_attention")),
    Row(
      "phi-2-32k-vllm-ignores-theta", Want("runtime-computes-otherwise", "vLLM 0.6.3"),
      Want("target-exceeds-window", "2,048")),
    Row(
      "phi-3-mini-4k-train-8192", Want("train-serve-mismatch", "8,192"), Want("chunk-or-window-as-context", "2,047"),
      isClean: true),
    Row("qwen2.5-32b-fewshot-34144", Want("target-exceeds-window", "1.04 ×", "scale by 1.25"), isClean: true),
    Row("qwen3-0.6b-max-model-len-in-overrides", Want("command-option-faulty", "max_model_len"), isClean: true),
    Row("qwen3-14b-official-vllm-recipe", isClean: true),
    Row("qwen3-32b-exl3-window-edited", Want("window-raised-without-scaling", "131,072")),
    Row(
      "qwen3-4b-sglang-override-no-window", Want("target-exceeds-window", "40,960", "--context-length 131072"),
      isClean: true),
    Row(
      "qwen3.8-27b-flat-override-32768", Want("override-wrong-nesting", "text_config", "262,144"),
      Want("target-exceeds-window", "10 of 32")),
    Row(
      "qwen3.8-27b-yarn-mlx-vlm", Want("window-not-raised", "1048576"),
      Want("config-method-not-implemented", "mlx-vlm"),
      silent: ["original-not-below-window", "mrope-factor-semantics"]),
    Row("smollm3-3b-nope-inverted", Want("nope-layers", "9 of 36", "27"), isClean: true),
    Row("step-3.5-flash-lists", silent: ["theta-not-positive", "layer-types-misspelled"], isClean: true),
    Row("torchtitan-dsv3", Want("command-option-faulty", "4096", "0.2.2"), isClean: true),
    Row("deepseek-v3-torchtitan-4096", Want("command-option-faulty", "4096", "0.2.2"), isClean: true),
    Row(
      "verl-qwen3-14b", Want("command-option-faulty", "verl stops"), Want("original-includes-headroom", "32,768"),
      silent: ["generation-room"]),
    Row(
      "verl-qwen3-14b-original-40960", Want("command-option-faulty", "verl stops"),
      Want("original-includes-headroom", "32,768"), Want("factor-ratio-mismatch", "131,072", "163,840"),
      silent: ["generation-room"]),
    Row("qwen3-14b-official-llamacpp-recipe", isClean: true),
    Row("qwen3-32b-window-only", Want("window-raised-without-scaling", "131,072"), isClean: true),
    Row("selfcheck-qwen3-vl", Want("override-wrong-nesting", "text_config")),
    Row(
      "wizard-vicuna-30b", Want("target-exceeds-window", "--rope-scale 2", "--yarn-orig-ctx 2048"), isClean: true,
      target: 4096),
    Row("ax-qwen3-coder", silent: ["ctx-extension-train-recipe", "packing-position-reset"], isClean: true),
    Row("lf-qwen3-vl", silent: ["ctx-extension-train-recipe"], isClean: true),
    Row(
      "lf-llama31-linear", Want("native-scaling-replaced", "llama3"), silent: ["scaling-applied-twice"], isClean: true),
    Row("smollm3-3b-official", isClean: true),
    Row("granite-4.0-1b-rope-tf5", silent: ["no-rotation"], isClean: true),
    Row("gpt-oss-20b", isClean: true),
    Row("falcon-h1-34b", isClean: true),
    Row("minimax-text-01", Want("window-buffer-too-large"), isClean: true),
    Row("lfm2-8b", isClean: true),
    Row("qwen3-4b-2507", isClean: true),
    Row("qwen3-vl-8b-suggest", isClean: true),
    Row("seed-oss-36b", isClean: true),
    Row("glm-4.6", isClean: true),
    Row("glm-4.5-air", isClean: true),
    Row("ernie-4.5-21b", isClean: true),
    Row("apertus-8b", isClean: true),
    Row("smollm3", isClean: true),
    Row("slime-llama3.2.sh", Want("native-scaling-replaced", "×32", "×8"), silent: ["command-option-faulty"]),
    Row("slime-qwen3-vl.sh", isClean: true),
    Row("ollama.service", Want("command-option-faulty", "OLLAMA_CONTEXT_LENGTH"), isClean: true),
    Row("runpod-qwen3.sh", Want("target-exceeds-window", "40,960"), isClean: true),
    Row("trtllm-build.sh", Want("target-exceeds-window", "32,768"), isClean: true),
    Row("fastdeploy-glm.sh", Want("target-exceeds-window", "202,752"), isClean: true),
    Row("ray-serve-yarn.py", isClean: true),
    Row("engine-nested.yaml", Want("target-exceeds-window", "40,960"), isClean: true),
    Row("llama3-10000.kcpps", Want("target-exceeds-window", "8,192", "6315089"), isClean: true),
    Row("levanter-llama3.yaml", isClean: true),
    Row("levanter-no-rope.yaml", Want("theta-family-mismatch", "10,000"), Want("train-serve-mismatch"), isClean: true),
    Row("roll-qwen3.yaml", Want("target-exceeds-window", "98,304"), isClean: true),
    Row("nanotron-rows.yaml", Want("command-option-faulty", "65536", "4096"), isClean: true),
    Row("mergekit-slerp.yaml", Want("theta-merge-mismatch", "10 ×")),
    Row("axolotl-rope-parameters.yaml", silent: ["train-serve-mismatch"]),
    Row("megatron-deepseek-v3.sh", isClean: true),
    Row("adapter-qwen3", Want("target-exceeds-window", "40,960"), isClean: true, target: 131_072),
    Row("generation-config", Want("generation-room", "40,000"), isClean: true),
    Row(
      "llama-swap-qwen3.yaml", Want("gguf-window-cap", "--rope-scale 4 --yarn-orig-ctx 32768"), isClean: true),
    Row(
      "llama3-window-by-name.py", Want("window-raised-without-scaling", "8,192"), Want("command-option-faulty"),
      silent: ["llama3-scaling-missing"], isClean: true),
    Row("afmoe-131072", silent: ["theta-too-small-for-target"], isClean: true),
    Row(
      "qwen3-transformers-4.51", Want("target-exceeds-window", "24 of 64"), Want("factor-ratio-mismatch", "1.25"),
      isClean: true),
    Row("afm-4.5b", isClean: true),
    Row("openelm", isClean: true),
    Row("lf-qwen3-base.yaml", silent: ["original-includes-headroom"], isClean: true),
    Row("gte-qwen2.sh", isClean: true),
    Row("qwen1.5-no-base", Want("theta-missing", "--rope-freq-base 1000000"), isClean: true),
    Row("phi4-mini-no-factors", Want("scaling-not-saved", "rope_factors_long.weight"), isClean: true),
    Row("llama3.1-no-freqs", Want("llama3-scaling-missing", "rope_freqs.weight"), isClean: true),
    Row("sglang-qwen3.yaml", Want("target-exceeds-window", "40,960", "covers"), silent: ["command-option-faulty"]),
    Row("gemma3-linear-lost", Want("window-raised-without-scaling", "linear ×8"), isClean: true),
    Row(
      "gemma3-no-window", Want("target-exceeds-window", "covers"), isClean: true, target: 262_144),
    Row(
      "qwen2.5-original-65536", Want("original-not-trained", "65,536", "32,768", "factor of 4"), isClean: true),
    Row("ministral3-no-beta", Want("runtime-refuses", "llama_4_scaling_beta"), isClean: true),
    Row("phi4-mini-no-original", Want("longrope-original-missing", "4,096"), isClean: true),
    Row("eagle3-draft", Want("draft-model-rope-mismatch", "2,048", "32,768"), isClean: true),
    Row("llama2-dynamic-alpha", Want("rope-key-missing", "factor"), isClean: true),
    Row("qwen2.5-vl-no-sections", Want("mrope-section-sum", "[16, 24, 24]"), isClean: true),
    Row("lms-load.sh", Want("command-option-faulty", "32768", "65536"), isClean: true),
    Row("xinference-qwen3.sh", Want("target-exceeds-window", "65,536", "40,960"), isClean: true),
    Row("kaito-qwen.yaml", Want("target-exceeds-window", "131,072", "32,768"), isClean: true),
    Row("gpustack-qwen.yaml", Want("target-exceeds-window", "65,536"), isClean: true),
    Row("helm-qwen.yaml", Want("target-exceeds-window", "131,072"), isClean: true),
    Row("serving.properties", Want("target-exceeds-window", "65,536"), isClean: true),
    Row("sagemaker-tgi.py", Want("target-exceeds-window", "8,192", "4,096"), isClean: true),
    Row("nemo2-llama3.py", Want("train-serve-mismatch", "65,536", "8,192"), isClean: true),
    Row("xtuner-qwen1.5.py", Want("train-serve-mismatch", "65,536", "32,768"), isClean: true),
    Row("opencompass-internlm2.5.py", Want("target-exceeds-window", "1,048,576")),
    Row("mlx-lora.yaml", Want("train-serve-mismatch", "65,536"), isClean: true),
    Row("litgpt-llama3.sh", Want("train-serve-mismatch", "16,384"), isClean: true),
    Row("mlc-llama3", Want("window-raised-without-scaling", "8,192", "32,768"), isClean: true),
    Row(
      "phimoe-short-list", Want("longrope-switch-mid-generation", "short list", "transformers 5"), isClean: true,
      target: 131_072),
    Row("axolotl-empty-key.yaml", silent: ["cli-flag-removed", "rope-scaling-null-override"]),
    Row("trl-llama3.py", Want("train-serve-mismatch", "32,768", "8,192"), isClean: true),
    Row("train-llama2.sh", Want("train-serve-mismatch", "8,192", "4,096"), isClean: true),
    Row("ministral3-mistral-format.sh", isClean: true),
    Row("vicuna-16k", silent: ["linear-without-finetune"], isClean: true, target: 16_384),
    Row("trl-llama3.2.sh", Want("train-serve-mismatch", "262,144", "131,072"), isClean: true),
    Row("llamafile-llama3.sh", Want("gguf-window-cap", "8,192", "--yarn-orig-ctx 8192"), isClean: true),
    Row("mistralrs-qwen3.sh", Want("target-exceeds-window", "40,960"), isClean: true),
    Row("ramalama-llama3.sh", Want("gguf-window-cap", "8,192"), isClean: true),
    Row("nim-llama3.sh", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("nim-service.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("mii-llama2.py", Want("target-exceeds-window", "16,384", "4,096"), isClean: true),
    Row(
      "litellm-proxy.yaml", Want("generation-room", "65,536"), Want("command-option-faulty", "32768", "8192"),
      isClean: true),
    Row("foundry-dynamic.yaml", Want("dynamic-window-raised-noop", "16,384"), Want("dynamic-for-training")),
    Row("foundry-mpt.yaml", isClean: true),
    Row("nemo1-llama2.yaml", Want("window-raised-without-scaling", "16,384", "factor of 8"), isClean: true),
    Row("jan-llama3.yml", Want("target-exceeds-window", "32,768", "-c 32768"), isClean: true),
    Row("executorch-llama3.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("torchchat-llama3.sh", Want("generation-room", "20,000"), isClean: true),
    Row("torchchat-llama3.2-1b", silent: ["rope-key-unrecognised", "rope-type-legacy-key"], isClean: true),
    Row("kubeai-qwen3.yaml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("gke-tgi.yaml", Want("target-exceeds-window", "16,384", "8,192"), isClean: true),
    Row("unfilled-secret.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("unfilled-token.sh", silent: ["command-option-faulty"], isClean: true),
    Row("realpath-qwen3.sh", Want("target-exceeds-window", "40,960", "covers"), isClean: true),
    Row("nemo-no-head-dim", Want("head-dim-derived-wrong", "160", "128"), isClean: true),
    Row("phi4-mini-no-share", Want("longrope-factor-length", "0.75"), isClean: true),
    Row("rope-scaling-false", Want("rope-scaling-not-object", "transformers 5"), isClean: true),
    Row("llama3.1-original-131072", Want("original-not-below-window", "8192"), isClean: true),
    Row("deepseek-v3-factor-4", Want("factor-ratio-mismatch", "Write 40"), isClean: true),
    Row("gpt-oss-no-truncate", Want("yarn-truncate-dialect", "exact"), isClean: true),
    Row(
      "hunyuan-7b-alpha", Want("target-exceeds-window", "262,144", "nothing is to be scaled"), isClean: true,
      target: 262_144),
    Row("grok-2", silent: ["no-rotation"], isClean: true),
    Row("mpt-rope", silent: ["no-rotation"], isClean: true),
    Row("dbrx-official", Want("theta-missing", "500,000", "10,000"), isClean: true),
    Row("qwen1-14b", isClean: true),
    Row("r1-0528-qwen3-8b.sh", Want("target-exceeds-window", "131,072", "4 to 5"), isClean: true),
    Row("mistral-large-2.sh", Want("target-exceeds-window", "131,072", "17 of 64"), isClean: true),
    Row("qwen3-2507-yarn.ps1", silent: ["known-window-claim-vs-effective"], isClean: true),
    Row(
      "gpt-oss-narrowed.sh", Want("native-scaling-replaced", "×32"), Want("gguf-window-cap"),
      silent: ["extension-ratio-extreme"], isClean: true),
    Row(
      "deepseek-v3.2-163840.sh", Want("native-scaling-replaced", "×40"), Want("target-exceeds-window"),
      silent: ["original-not-below-window"]),
    Row(
      "qwen3.8-original-32768.sh", Want("scaling-within-native", "262,144"), silent: ["base-config-length-wrong"],
      isClean: true),
    Row("mixtral-no-base", Want("theta-missing", "--rope-freq-base 1000000"), isClean: true),
    Row("codellama-10000", Want("theta-family-mismatch", "10,000", "1,000,000"), isClean: true),
    Row("heredoc-script.sh", Want("gguf-window-cap", "40,960"), isClean: true),
    Row("nim-values.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("nim-env-from.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("vllm-key-ref.yaml", Want("target-exceeds-window", "131,072", "32,768"), isClean: true),
    Row("lemonade-qwen3.sh", Want("gguf-window-cap", "40,960"), isClean: true),
    Row("compose-default.yml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("argo-values.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("quadlet-qwen3.container", Want("target-exceeds-window", "65,536", "40,960"), isClean: true),
    Row("ministral3-top-level", Want("override-wrong-nesting", "yarn ×32"), isClean: true),
    Row("qwen3-attention-factor-4", Want("attention-factor-unusual", "12.3"), isClean: true),
    Row("slime-sourced.sh", isClean: true),
    Row("swift-deploy.sh", silent: ["base-config-length-wrong"], isClean: true),
    Row("swift-reward.sh", silent: ["dynamic-for-training"], isClean: true),
    Row("granite-4.0-h-small", Want("no-rotation", "nope"), isClean: true),
    Row("ray-service.yaml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("argo-workflow.yaml", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("trtllm-llama.py", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row(
      "lmdeploy-internlm.py", Want("target-exceeds-window", "100,000", "65,536"),
      Want("command-option-faulty", "rope_scaling_factor"), isClean: true),
    Row("gcloud-qwen3.sh", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("litgpt-llama3.yaml", Want("train-serve-mismatch", "32,768", "8,192"), isClean: true),
    Row("llama-cpp-python", Want("gguf-window-cap", "131,072", "40,960"), isClean: true),
    Row("gpt4all-llama3.py", Want("gguf-window-cap", "8,192"), isClean: true),
    Row("slime-glm.sh", Want("target-exceeds-window", "262,144", "131,072"), silent: ["command-option-faulty"]),
    Row("zamba2-long", isClean: true, target: 16_384),
    Row("phi4-mini-flash", Want("no-rotation", "phi4flash"), isClean: true),
    Row("ring-1t", isClean: true),
    Row("gemma3-global-name", Want("layer-type-rope-missing", "global_attention", "linear ×8"), isClean: true),
    Row("qwen3-vl-outer-yarn", Want("override-wrong-nesting", "yarn ×4"), isClean: true),
    Row("step3", silent: ["rope-key-misspelled"], isClean: true),
    Row("llama3.1-yarn", Want("native-scaling-replaced", "llama3"), isClean: true),
    Row("hunyuan-axolotl.yaml", silent: ["dynamic-for-training"], isClean: true),
    Row(
      "axolotl-packing.yaml", Want("packing-position-reset", "131,072"), Want("window-raised-without-scaling"),
      isClean: true),
    Row("dynamo-workers.sh", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("llmd-values.yaml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("llm-inference-service.yaml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("truss-qwen3.yaml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("dstack-qwen3.yml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("ansible-qwen3.yml", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row(
      "supervisord-qwen3.ini", Want("target-exceeds-window", "131,072", "40,960"), Want("rope-cache-too-short"),
      isClean: true),
    Row("nomad-qwen3.hcl", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("compose-env", Want("target-exceeds-window", "131,072", "40,960"), isClean: true),
    Row("areal-qwen2.5.yaml", Want("target-exceeds-window", "65,536", "32,768"), isClean: true),
    Row("skyrl-older-key.sh", Want("cli-flag-removed", "ValueError"), isClean: true),
    Row(
      "axolotl-top-level.yaml", Want("command-option-faulty", "overrides_of_model_config"),
      Want("window-raised-without-scaling"), isClean: true),
    Row(
      "repeated-key.yaml", Want("command-option-faulty", "stands twice", "line 2"),
      Want("window-raised-without-scaling", "65,536"), isClean: true),
    Row("fastchat-llama2.sh", silent: ["train-serve-mismatch"]),
    Row("mindspeed-qwen2.5.sh", isClean: true),
    Row("easycontext-llama2.sh", silent: ["command-option-faulty"], isClean: true),
    Row("ollama-llamaindex.py", Want("command-option-faulty", "131072", "40960"), isClean: true),
    Row("langchain-vllm.py", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("lmstudio-model.yaml", Want("command-option-faulty", "131072", "40960"), isClean: true),
    Row("lmstudio-load.py", Want("command-option-faulty", "131072", "40960"), isClean: true),
    Row("lighteval-llama3.sh", Want("target-exceeds-window", "32,768", "8,192"), isClean: true),
    Row("genai-config", Want("command-option-faulty", "262144", "131072"), isClean: true),
    Row("oumi-llama3.yaml", Want("train-serve-mismatch", "32,768", "8,192"), isClean: true),
    Row("placeholder-draft.sh", silent: ["command-option-faulty"], isClean: true),
  ]

  private static func path(_ name: String) -> String {
    let url = Fixtures.url("field/\(name)")
    for suffix in ["", ".json", ".gguf"] where FileManager.default.fileExists(atPath: url.path + suffix) {
      return url.path + suffix
    }
    return url.path
  }

  @Test(arguments: rows) func saysWhatAnExpertWants(_ row: Row) {
    let report = Checker(overrides: Facts(targetLength: row.target)).check(paths: [Self.path(row.name)])
    #expect(report.summary.unreadable == 0)
    let findings = report.files.flatMap(\.findings)
    let shown = findings.map { "\($0.severity) \($0.rule): \($0.text)" }.joined(separator: "\n")
    for want in row.wanted {
      let told = findings.contains { finding in
        finding.rule == want.rule && want.words.allSatisfy { finding.text.contains($0) }
      }
      #expect(told, "wants \(want.rule) \(want.words); there is\n\(shown)")
    }
    for rule in row.silent { #expect(!findings.contains { $0.rule == rule }, "\(rule) speaks:\n\(shown)") }
    guard row.isClean else { return }
    let wanted = Set(row.wanted.map(\.rule))
    let others = findings.filter { $0.severity > .note && !wanted.contains($0.rule) }
    #expect(others.isEmpty, "\(others.map { "\($0.rule): \($0.text)" })")
  }

  @Test func everyInputHasItsRow() throws {
    let index = String(decoding: try Fixtures.data("field/index.tsv"), as: UTF8.self)
    let names = Set(index.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "\t" }) })
    #expect(names.count > 50)
    #expect(names.subtracting(Self.rows.map(\.name)) == [])
    #expect(Set(Self.rows.map(\.name)).subtracting(names) == [])
  }

  // MARK: What inspect shows

  struct Values: Sendable, CustomTestStringConvertible {
    let name: String
    var rotary: Int?
    var base: Double?
    var slidingBase: Double?
    var trained: Int?
    var resting: Int?
    var method: String?
    var interleaved: Bool?
    var testDescription: String { name }
  }

  static let values: [Values] = [
    Values(name: "mimo-v2-flash-swa-theta", rotary: 64, base: 5_000_000, slidingBase: 10_000),
    Values(name: "ling-mini-2.0-vllm-theta-dropped", rotary: 64, base: 600_000),
    Values(name: "ling-2.6-flash-mla-partial", rotary: 64, base: 6_000_000),
    Values(name: "qwen3.8-27b-yarn-mlx-vlm", rotary: 64, trained: 262_144, method: "yarn"),
    Values(name: "smollm3-3b-official", base: 5_000_000, resting: 9),
    Values(name: "smollm3-3b-nope-inverted", resting: 27),
    Values(name: "command-a-cohere2-nope", base: 50_000, resting: 16),
    Values(name: "granite-4.0-1b-rope-tf5", base: 10_000_000),
    Values(name: "falcon-h1-34b", rotary: 128, base: 1e11, trained: 262_144),
    Values(name: "minimax-text-01", rotary: 64, base: 10_000_000),
    Values(name: "lfm2-8b", rotary: 64, base: 1_000_000),
    Values(name: "qwen3-4b-2507", base: 5_000_000, trained: 262_144),
    Values(name: "seed-oss-36b", base: 10_000_000, trained: 524_288),
    Values(name: "glm-4.6", rotary: 64, base: 1_000_000),
    Values(name: "glm-4.5-air", rotary: 64),
    Values(name: "ernie-4.5-21b", base: 500_000, interleaved: true),
    Values(name: "apertus-8b", base: 12_000_000, trained: 8192, method: "llama3"),
    Values(name: "gpt-oss-20b", trained: 4096, method: "yarn"),
    Values(name: "hunyuan-a13b-alpha", method: "ntk"),
    Values(name: "afmoe-131072", base: 10_000, resting: 8),
    Values(name: "mlc-llama3", rotary: 128, base: 500_000),
    Values(name: "phi4-mini-no-original", rotary: 96, trained: 4096, method: "longrope"),
    Values(name: "grok-2", rotary: 128, base: 208_533_496, trained: 131_072),
    Values(name: "mpt-rope", rotary: 128, base: 500_000, method: "linear"),
    Values(
      name: "torchchat-llama3.2-1b", rotary: 64, base: 500_000, trained: 8192, method: "llama3", interleaved: true),
    Values(name: "qwen1-14b", base: 10_000, trained: 2048),
    Values(name: "rope-scaling-false", base: 10_000, trained: 4096),
    // 10,000 · 8^(224/222)
    Values(name: "zamba2-long", rotary: 224, base: 81512.822752420, trained: 4096),
  ]

  @Test(arguments: values) func isReadAsAnExpertReadsIt(_ values: Values) throws {
    let reading = try ModelLoader.load(Self.path(values.name))
    let layer = try #require(reading.layerTypes.first)
    if let rotary = values.rotary { #expect(layer.geometry.rotaryDimension == rotary) }
    if let base = values.base { #expect(abs(layer.geometry.base / base - 1) < 1e-9) }
    if let base = values.slidingBase {
      #expect(reading.layerTypes.first(where: \.isSliding)?.geometry.base == base)
    }
    if let trained = values.trained { #expect(layer.geometry.trainedLength == trained) }
    if let resting = values.resting { #expect(reading.layersWithoutRotation.count == resting) }
    if let method = values.method { #expect(layer.scaling?.name.hasPrefix(method) == true) }
    if let interleaved = values.interleaved { #expect((layer.geometry.pairing == .interleaved) == interleaved) }
  }

  @Test func graniteWithoutRotationIsToldByItsKey() throws {
    let reading = try ModelLoader.load(Self.path("granite-4.0-h-small-nope"))
    #expect(!reading.rotates)
    #expect(reading.noRotationReason?.place?.key == "position_embedding_type")
  }
}
