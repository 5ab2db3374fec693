import RopeCheck
import RopeConfig
import RopeJSON
import RopeText
import Testing

/// Which files are read, as what, and what is left out.
@Suite struct CommandInputTests {
  private static let qwen3 = """
    {"model_type": "qwen3", "hidden_size": 5120, "num_attention_heads": 40, "num_hidden_layers": 40, "head_dim": 128,
     "max_position_embeddings": 40960, "rope_theta": 1000000, "vocab_size": 151936}
    """

  private func check(
    _ files: [String: String], _ paths: [String] = ["."], facts: Facts = Facts(), readsIgnored: Bool = false
  ) -> CheckReport {
    Checker(files: .memory(files), facts: facts).check(paths: paths, readsIgnored: readsIgnored)
  }

  @Test func aServersScriptIsJudgedWithItsOverrides() {
    let script =
      "vllm serve ./ --max-model-len 131072 \\\n  --hf-overrides '{\"max_position_embeddings\": 131072, \"rope_parameters\": {\"rope_type\": \"yarn\", \"rope_theta\": 1000000, \"factor\": 4.0, \"original_max_position_embeddings\": 32768}}'\n"
    let report = check(["m/config.json": Self.qwen3, "m/serve.sh": script])
    #expect(report.files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule) == [])
    let understood = report.files.first { $0.path == "m/serve.sh" }?.understood
    #expect(understood?.told == "\("vLLM") command" && understood?.runtime == "vllm" && understood?.model == "./")
    #expect(report.files.first { $0.path == "m/config.json" }?.understood == nil || report.files.count == 2)
  }

  @Test func theOfficialRecipesAreClean() {
    for line in [
      "llama-server -c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768",
      "--rope-scaling '{\"rope_type\":\"yarn\",\"factor\":4.0,\"original_max_position_embeddings\":32768}' --max-model-len 131072",
    ] {
      let runtime = line.hasPrefix("llama") ? "llama.cpp" : "vllm 0.8.5"
      let report = check(
        ["config.json": Self.qwen3], facts: Facts(targetLength: 131_072, runtimes: [runtime], commandLine: line))
      #expect(report.files.flatMap(\.findings).filter { $0.severity == .error }.map(\.rule) == [], "\(line)")
    }
  }

  @Test func eachCommandHasItsOwnModel() {
    let lines = [
      "vllm serve openai/gpt-oss-20b --max-model-len 131072", "vllm serve google/gemma-3-12b-it --max-model-len 131072",
      "vllm serve mistralai/Mistral-7B-Instruct-v0.2 --max-model-len 32768",
    ]
    let alone = lines.flatMap { check(["a.sh": $0]).files.flatMap(\.findings).map(\.rule) }
    let together = check(["a.sh": lines.joined(separator: "\n")]).files.flatMap(\.findings).map(\.rule)
    #expect(Set(together) == Set(alone) && !together.contains("native-scaling-replaced"))
    // Nor is the configuration beside it that of another model.
    let beside = check(["config.json": Self.qwen3, "a.sh": lines[2]])
    #expect(beside.files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule) == [])
  }

  /// What is to be written is in the words of the program that reads it, and mends the line.
  @Test func adviceIsInTheProgramsOwnWords() {
    for (start, asked, words) in [
      (
        "koboldcpp --model Qwen2.5-7B-Instruct-Q4_K_M.gguf", "--contextsize 65536",
        "--contextsize 65536 --ropeconfig 1.0 "
      ),
      (
        "llama-server -m Qwen2.5-7B-Instruct-Q4_K_M.gguf", "-c 65536",
        "-c 65536 --rope-scaling yarn --rope-scale 2 "
      ),
    ] {
      let finding = check(["a.sh": "\(start) \(asked)\n"]).files.flatMap(\.findings).first { $0.severity > .note }
      let told = finding.map { Language.english($0.message) } ?? ""
      let advice = told.firstRange(of: "Start it with ").map { String(told[$0.upperBound...]) } ?? ""
      #expect(advice.hasPrefix(words), "\(told)")
      let again = check(["a.sh": "\(start) \(advice)\n"]).files.flatMap(\.findings)
      #expect(again.filter { $0.severity > .note }.map(\.rule) == [], "\(advice)")
    }
    // A window cannot be capped by a program that takes any length.
    let line =
      "python server.py --model Llama-2-13B-chat-GPTQ --loader exllamav2 --max_seq_len 8192 --alpha_value 2.5\n"
    #expect(check(["a.sh": line]).files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule) == [])
  }

  @Test func whatIsOpenIsNotJudged() {
    for line in [
      "vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072 --hf-overrides \"$OVERRIDES\"",
      "llama-server -m Qwen2.5-7B-Instruct-Q4_K_M.gguf -c 131072 -np 4",
    ] {
      #expect(check(["a.sh": line + "\n"]).files.flatMap(\.findings).map(\.rule) == [], "\(line)")
    }
  }

  @Test func aBrokenOverrideIsTold() {
    let report = check([
      "m/config.json": Self.qwen3, "m/serve.sh": "vllm serve ./ \\\n --hf-overrides '{\"rope_theta\": 1'\n",
    ])
    #expect(report.files.allSatisfy { $0.error == nil })
    let finding = report.files.first { $0.path == "m/serve.sh" }?.findings.first
    #expect(finding?.rule == "command-option-faulty" && finding?.severity == .error && finding?.region.line == 2)
  }

  @Test func whatIsLeftOutIsCounted() {
    let files = [
      "config.json": Self.qwen3, ".gitignore": "out/\n*.tmp.yaml\n!keep.tmp.yaml\n", "out/config.json": "{",
      "a.tmp.yaml": "model_type: [",
      "third/.git/HEAD": "", "third/config.json": "{", "broken.yaml": "rope: [1\n", "ci.yaml": "on: push\n",
      "other.yaml": "max_length: 3\nmodel_type: x\n",
    ]
    let report = check(files)
    #expect(report.files.map(\.path) == ["config.json"])
    let reasons = Dictionary(uniqueKeysWithValues: report.summary.skipped.map { ($0.path, $0.reason) })
    #expect(reasons["out"] == "ignored by .gitignore" && reasons["a.tmp.yaml"] == "ignored by .gitignore")
    #expect(reasons["third"] == "a repository of its own" && reasons["ci.yaml"] == nil)
    #expect(reasons["broken.yaml"]?.hasPrefix("cannot be read") == true)
    #expect(reasons["other.yaml"] == "no settings of a known trainer or server")
    let all = check(files, readsIgnored: true)
    #expect(all.summary.unreadable == 2)
    #expect(check(files, ["out/config.json"]).summary.unreadable == 1)
  }

  /// What people really start, with what there is to say of it: one cause, one finding.
  @Test(arguments: [
    ("vllm serve google/gemma-3-27b-it --max-model-len 131072", []),
    ("vllm serve deepseek-ai/DeepSeek-R1-Distill-Qwen-32B --max-model-len 131072", []),
    ("vllm serve CohereForAI/c4ai-command-r-v01 --max-model-len 131072", []),
    ("vllm serve deepseek-ai/DeepSeek-V3 --max-model-len 163840", []),
    ("vllm serve Qwen/Qwen2.5-72B-Instruct-AWQ --max-model-len 32768", []),
    ("vllm serve microsoft/phi-4 --max-model-len 32768", ["target-exceeds-window"]),
    ("vllm serve Qwen/QwQ-32B --max-model-len 131072", ["target-exceeds-window"]),
    ("llama-server -hf bartowski/Qwen2.5-14B-Instruct-GGUF:Q4_K_M -c 131072", ["gguf-window-cap"]),
    ("./main -m llama-2-7b.Q4_K_M.gguf -c 8192 --rope-freq-scale 0.5", ["linear-without-finetune"]),
    (
      "koboldcpp --model llama-2-7b.Q4.gguf --contextsize 16384 --ropeconfig 0.5 10000",
      ["target-exceeds-window", "linear-without-finetune"]
    ),
    // A base that is raised for a longer context extends it too.
    ("koboldcpp --model Meta-Llama-3-8B.Q5_K_M.gguf --contextsize 16384 --ropeconfig 1.0 1776948", []),
    ("koboldcpp --model Meta-Llama-3-8B.Q5_K_M.gguf --contextsize 16384", []),
    ("koboldcpp --model Meta-Llama-3-8B.Q5_K_M.gguf --contextsize 8192 --ropeconfig 1.0", ["theta-family-mismatch"]),
    ("llama-cli -m Meta-Llama-3-8B.Q5_K_M.gguf -c 16384 --rope-freq-base 1776948", []),
    ("llama-server -m Meta-Llama-3-8B.Q5_K_M.gguf -c 16384 --rope-freq-base 1776948", ["gguf-window-cap"]),
    ("llama-cli -m Meta-Llama-3-8B.Q5_K_M.gguf -c 32768 --rope-freq-base 600000", ["gguf-window-cap"]),
    // A length that the server is told to let through, and a scaling that the model ships with, widened with the length.
    (
      "VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072 --hf-overrides '{\"rope_parameters\": {\"rope_theta\": 1000000, \"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32768}}'",
      []
    ),
    (
      "python -m sglang.launch_server --model-path meta-llama/Llama-3.1-8B-Instruct --context-length 262144 --json-model-override-args '{\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 16.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 8192}}'",
      ["target-exceeds-window"]
    ),
    (
      "docker run ghcr.io/huggingface/text-generation-inference:2.0 --model-id meta-llama/Llama-2-7b-chat-hf --rope-scaling dynamic --rope-factor 2 --max-total-tokens 8192",
      []
    ),
    ("vllm serve Qwen/Qwen2.5-14B-Instruct-1M --max-model-len 262144", []),
    ("trtllm-serve Qwen/Qwen2.5-7B-Instruct --max_seq_len 131072", ["target-exceeds-window"]),
    (
      "deepspeed --module openrlhf.cli.train_sft --pretrain meta-llama/Meta-Llama-3-8B --max_len 32768",
      ["train-serve-mismatch"]
    ),
    ("llama-server -m Qwen2.5-7B-Instruct-Q4_K_M.gguf -c 32768 --rope-freq-base 10000", ["gguf-freq-base-default"]),
    (
      "llama-server -m Qwen2.5-7B-Instruct-Q4_K_M.gguf -c 131072 --rope-scaling yarn --rope-freq-scale 4 --yarn-orig-ctx 32768",
      ["freq-scale-inverted"]
    ),
    (
      "python server.py --model llama-2-7b-chat.Q4_K_M.gguf --loader llama.cpp --n_ctx 16384 --compress_pos_emb 4",
      ["linear-without-finetune"]
    ),
    ("lm_eval --model vllm --model_args pretrained=Qwen/Qwen2.5-7B-Instruct,max_model_len=32768 --tasks ruler", []),
    (
      "lm_eval --model vllm --model_args pretrained=Qwen/Qwen2.5-7B,max_model_len=200000,dtype=bfloat16 --tasks ruler",
      ["target-exceeds-window"]
    ),
    // Options that another server has, or that are misspelt.
    ("vllm serve Qwen/Qwen2.5-7B-Instruct --max-seq-len 32768", ["command-option-faulty"]),
    ("vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-length 32768", ["command-option-faulty"]),
    (
      "python -m sglang.launch_server --model-path Qwen/Qwen2.5-7B-Instruct --max-model-len 32768",
      ["command-option-faulty"]
    ),
    ("llama-server -m Qwen2.5-7B-Instruct-Q4_K_M.gguf --ctx-size 32768 --ctx-size-draft 4096 --model-alias q", []),
    ("vllm serve Qwen/Qwen2.5-7B-Instruct --max-num-seqs 8 --max-logprobs 5 --max-seq-len-to-capture 8192", []),
    (
      "text-generation-launcher --model-id meta-llama/Llama-2-7b-hf --rope-scaling yarn --rope-factor 2 --max-total-tokens 4096",
      ["command-option-faulty"]
    ),
    (
      "lmdeploy serve api_server Qwen/Qwen2.5-7B-Instruct --session-len 65536 --rope-scaling-factor 2.0",
      ["target-exceeds-window", "command-option-faulty"]
    ),
  ])
  func whatPeopleStartIsJudgedOnce(_ line: String, _ rules: [String]) {
    let report = check(["serve.sh": line + "\n"])
    let found = report.files.flatMap(\.findings).filter { $0.severity > .note }
    #expect(Set(found.map(\.rule)) == Set(rules), "\(found.map(\.text))")
    #expect(found.count == rules.count)
  }

  /// The same of files: tabbyAPI's without a network part, axolotl's, a configuration and a script.
  @Test func whatFilesSayIsJudgedOnce() {
    func rules(_ name: String, _ text: String) -> [String] {
      check([name: text]).files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule).sorted()
    }
    let tabby = "model:\n  model_name: Llama-3-8B-Instruct-exl2\n  max_seq_len: 65536\n  rope_alpha: 2.6\n"
    #expect(rules("config.yml", tabby) == ["target-exceeds-window"])
    let axolotl = """
      base_model: NousResearch/Llama-2-7b-hf
      sequence_len: 16384
      rope_scaling:
        type: linear
        factor: 2.0

      """
    #expect(rules("train.yaml", axolotl) == ["cli-flag-removed", "window-raised-without-scaling"])
    let coder = """
      {"model_type": "qwen3_moe", "architectures": ["Qwen3MoeForCausalLM"], "head_dim": 128, "hidden_size": 2048, \
      "num_attention_heads": 32, "num_hidden_layers": 48, "max_position_embeddings": 262144, "rope_theta": 10000000, \
      "vocab_size": 151936, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
      """
    #expect(rules("config.json", coder) == ["scaling-within-native"])
    let gemma = """
      {"model_type": "gemma3_text", "hidden_size": 3840, "num_hidden_layers": 48, "num_attention_heads": 16, \
      "num_key_value_heads": 8, "head_dim": 256, "rope_theta": 1000000.0, "rope_local_base_freq": 10000.0, \
      "sliding_window": 1024, "max_position_embeddings": 131072, "vocab_size": 262208, "rope_scaling": {"rope_type": \
      "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
      """
    #expect(rules("config.json", gemma) == ["native-scaling-replaced"])
    let script = """
      from transformers import AutoConfig, AutoModelForCausalLM
      config = AutoConfig.from_pretrained("meta-llama/Llama-2-7b-hf")
      config.rope_scaling = {"type": "linear", "factor": 8.0}
      config.max_position_embeddings = 32768
      model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", config=config)

      """
    #expect(!rules("load.py", script).contains("window-raised-without-scaling"))
  }

  @Test func anOptionOfAnotherServerIsNamedWithItsOwn() {
    func messages(_ line: String) -> [String] {
      check(["serve.sh": line + "\n"]).files.flatMap(\.findings).map(\.text)
    }
    #expect(
      messages("vllm serve Qwen/Qwen3-8B --context-length 32768") == [
        "vLLM has no --context-length, which is SGLang's. Write --max-model-len"
      ])
    let sglang = "python -m sglang.launch_server --model-path Qwen/Qwen2.5-7B-Instruct --rope-theta 1000000"
    #expect(messages(sglang).contains { $0.hasSuffix("Write --json-model-override-args") })
  }

  /// Keys that a Python script sets on a configuration, before and after the model is built.
  @Test func attributesOfAConfigurationAreRead() {
    func found(_ lines: String..., runtimes: [String] = []) -> [Finding] {
      let script = """
        from transformers import AutoConfig, AutoModelForCausalLM
        config = AutoConfig.from_pretrained("meta-llama/Llama-2-7b-hf")
        \(lines.joined(separator: "\n"))
        """
      return check(["load.py": script], facts: Facts(runtimes: runtimes)).files.flatMap(\.findings)
    }
    let dynamic = "config.rope_scaling = {\"rope_type\": \"dynamic\", \"factor\": 2.0}"
    let five = found(dynamic)
    #expect(five.contains { $0.rule == "command-option-faulty" && $0.text.contains("\"rope_theta\": 10000") })
    #expect(five.first?.region.line == 3)
    let four = found(dynamic, "config.max_position_embeddings = 8192", runtimes: ["transformers@4.57"])
    #expect(four.map(\.rule).contains("dynamic-window-raised-noop"))
    let after = found("model = AutoModelForCausalLM.from_config(config)", "model.config.rope_theta = 1000000.0")
    #expect(after.contains { $0.text.contains("it rotates as before") })
    #expect(found("config.use_cache = False").filter { $0.severity > .note }.isEmpty)
  }

  @Test func aPresentFactorIsRaised() {
    let found = check(["serve.sh": "vllm serve openai/gpt-oss-120b --max-model-len 262144\n"]).files.flatMap(\.findings)
    #expect(found.map(\.rule) == ["target-exceeds-window"])
    #expect(found.first?.text.hasSuffix("and raise the factor 32 to 64") == true)
    let ministral = "vllm serve mistralai/Ministral-8B-Instruct-2410 --max-model-len 131072\n"
    #expect(!check(["serve.sh": ministral]).files.flatMap(\.findings).map(\.rule).contains("base-config-length-wrong"))
  }

  /// One advice for one length: not “10,240” beside “32,768”.
  @Test func aLengthWithRoomIsToldOnce() {
    let line = """
      docker run vllm/vllm-openai:v0.8.5 --model Qwen/Qwen3-14B --max-model-len 163840 --rope-scaling \
      '{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":40960}'
      """
    let found = check(["serve.sh": line + "\n"]).files.flatMap(\.findings)
    #expect(found.contains { $0.rule == "original-includes-headroom" })
    #expect(!found.contains { $0.rule == "original-not-below-window" || $0.text.contains("10,240") })
  }

  @Test func aPublishedScalingReachesItsOwnLengthOnly() {
    let llama = """
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
       "num_hidden_layers": 32, "max_position_embeddings": 262144, "rope_theta": 500000.0, "vocab_size": 128256,
       "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
       "original_max_position_embeddings": 8192, "rope_type": "llama3"}}
      """
    let found = check(["config.json": llama]).files.flatMap(\.findings).filter { $0.severity > .note }
    #expect(found.map(\.rule) == ["window-raised-without-scaling"])
    #expect(found.first?.text.contains("131,072") == true)
    let own = check(["config.json": llama.replacing("262144", with: "131072")])
    #expect(own.files.flatMap(\.findings).isEmpty)
  }

  @Test func aRepositoryIgnoresWhatLiesBelowTheStart() {
    let files = [
      "/r/.git/HEAD": "", "/r/.gitignore": "a/out/\n*.tmp.json\n", "/r/a/config.json": Self.qwen3,
      "/r/a/out/config.json": "{", "/r/a/b.tmp.json": "{",
    ]
    let report = check(files, ["/r/a"])
    #expect(report.files.map(\.path) == ["/r/a/config.json"] && report.summary.skipped.count == 2)
    #expect(check(files.filter { $0.key != "/r/.git/HEAD" }, ["/r/a"]).summary.unreadable == 2)
  }

  @Test func theNearestPresetStandsForAModel() {
    #expect(ModelPresets.closest(to: "unsloth/Qwen2.5-7B-bnb-4bit")?.name == "qwen2.5-7b-base")
    #expect(ModelPresets.closest(to: "Qwen/Qwen2.5-72B-Instruct-AWQ")?.name == "qwen2.5-72b")
    #expect(ModelPresets.closest(to: "models/llama-2-13b.Q4_K_M.gguf")?.published?.name == "Llama 2")
    #expect(ModelPresets.closest(to: "someone/some-model") == nil)
  }
}
