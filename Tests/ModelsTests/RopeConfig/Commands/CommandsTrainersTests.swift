import RopeConfig
import RopeJSON
import Testing

/// Trainers: what their own formulas and overrides make of a configuration.
@Suite struct CommandsTrainersTests {
  private static let qwen25 = """
    {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "num_hidden_layers": 28,
     "max_position_embeddings": 32768, "rope_theta": 1000000.0}
    """

  private func read(_ text: String, _ name: String, on base: String? = qwen25, _ version: String? = nil) throws
    -> [EffectiveConfiguration]
  {
    try CommandCase(text, name: name, on: base).effective(version)
  }

  private static let factory = """
    model_name_or_path: Qwen/Qwen2.5-7B-Instruct
    stage: sft
    do_train: true
    finetuning_type: full
    template: qwen
    rope_scaling: LINEAR
    cutoff_len: LENGTH
    """

  private func factory(_ type: String, _ length: Int, _ version: String? = nil, on base: String = qwen25) throws
    -> EffectiveConfiguration
  {
    let text = Self.factory.replacing("LINEAR", with: type).replacing("LENGTH", with: "\(length)")
    return try #require(try read(text, "train.yaml", on: base, version).first)
  }

  @Test func llamaFactoryComputesItsFactor() throws {
    let off = try factory("linear", 16384)
    #expect(off.command.format.name == "llama-factory" && off.command.modelReference == "Qwen/Qwen2.5-7B-Instruct")
    #expect(off.kinds == ["scaling-off"] && off.value("rope_scaling") == nil && off.trainingLength == 16384)
    let on = try factory("yarn", 65536)
    #expect(on.number("rope_scaling", "factor") == 2 && on.number("max_position_embeddings") == 65536)
    #expect(
      on.number("rope_scaling", "original_max_position_embeddings") == 32768 && on.number("rope_theta") == 1_000_000)
    #expect(
      on.written(on.value("rope_scaling", "factor")) == "65536"
        && on.written(on.value("rope_scaling", "rope_type")) == "yarn")
    let llama = try factory("linear", 16384, on: CommandCase.llama31)
    #expect(llama.number("rope_scaling", "factor") == 2 && llama.number("max_position_embeddings") == 16384)
    #expect(try factory("linear", 16384, "0.9.3", on: CommandCase.llama31).kinds == ["scaling-off"])
    let old = try factory("linear", 16384, "0.9.1", on: CommandCase.llama31)
    #expect(old.number("rope_scaling", "factor") == 1 && old.value("rope_scaling", "type")?.string == "linear")
  }

  @Test func llamaFactoryCommandLines() throws {
    let line = try CommandCase(
      "FORCE_TORCHRUN=1 llamafactory-cli train examples/lora.yaml cutoff_len=65536 rope_scaling=linear", on: Self.qwen25
    )
    #expect(try line.effective().first?.number("rope_scaling", "factor") == 2)
    let flags = try CommandCase(
      "llamafactory-cli train --stage sft --model_name_or_path m --template llama3 --rope_scaling llama3 --cutoff_len 32768",
      on: CommandCase.llama31)
    let effective = try #require(try flags.effective().first)
    #expect(effective.number("rope_scaling", "factor") == 4 && effective.number("rope_scaling", "low_freq_factor") == 1)
  }

  @Test func axolotlSetsAttributes() throws {
    let text = """
      base_model: Qwen/Qwen2.5-14B-Instruct
      adapter: qlora
      sequence_len: 65536
      overrides_of_model_config:
        rope_scaling: {rope_type: yarn, factor: 2.0, original_max_position_embeddings: 32768}
      datasets: [{path: longdocs.jsonl, type: chat_template}]
      """
    let effective = try #require(try read(text, "axolotl.yml").first)
    #expect(effective.number("rope_scaling", "factor") == 2 && effective.value("rope_theta") == nil)
    #expect(effective.number("max_position_embeddings") == 65536 && effective.trainingLength == 65536)
    #expect(effective.notes.contains { $0.contains("rope_theta") })
    #expect(try read(text, "axolotl.yml", on: CommandCase.qwen3Vision).first?.kinds == ["override-wrong-level"])
  }

  @Test func trlScriptsLoseKeywords() throws {
    let yaml = """
      model_name_or_path: Qwen/Qwen2.5-3B
      dataset_name: THUDM/LongAlign-10k
      max_length: 65536
      model_init_kwargs: {rope_scaling: {rope_type: yarn, factor: 2.0}}
      """
    let script = try #require(try read(yaml, "sft.yaml").first)
    #expect(script.command.format.name == "trl" && script.kinds == ["option-lost"] && script.trainingLength == 65536)
    let python = """
      from trl import SFTConfig, SFTTrainer
      args = SFTConfig(output_dir="o", max_length=32 * 1024, packing=True,
                       model_init_kwargs={"rope_parameters": {"rope_type": "yarn", "rope_theta": 1_000_000.0, 'factor': 2.0}, "max_position_embeddings": 65536})
      SFTTrainer(model="Qwen/Qwen2.5-3B", args=args, train_dataset=ds).train()
      """
    let called = try #require(try read(python, "train.py").first)
    #expect(called.command.modelReference == "Qwen/Qwen2.5-3B" && called.trainingLength == 32768)
    #expect(called.number("rope_parameters", "factor") == 2 && called.number("max_position_embeddings") == 65536)
    #expect(called.written(called.value("rope_parameters", "factor")) == "2.0")
    let roles = try CommandCase(
      "accelerate launch --config_file z3.yaml trl/scripts/grpo.py --model_name_or_path Qwen/Qwen3-4B --max_completion_length 30000 --use_vllm --vllm_max_model_length 34000",
      on: CommandCase.qwen3
    ).effective()
    #expect(
      roles.map(\.role) == ["trainer", "rollout"] && roles[1].servedLength == 34000 && roles[1].runtime == "vllm")
  }

  @Test func msSwiftCarriesTheBase() throws {
    let line = try CommandCase(
      "NPROC_PER_NODE=4 swift sft --model Qwen/Qwen2.5-7B-Instruct --tuner_type lora --dataset 'a/b#2000' --rope_scaling yarn --max_model_len 65536 --max_length 65536",
      on: Self.qwen25)
    let effective = try #require(try line.effective().first)
    #expect(effective.number("rope_scaling", "factor") == 2 && effective.number("max_position_embeddings") == 65536)
    #expect(
      effective.number("rope_theta") == 1_000_000
        && effective.number("rope_scaling", "original_max_position_embeddings") == 32768)
    let deploy = try CommandCase(
      #"swift deploy --model Qwen/Qwen3-8B --infer_backend vllm --rope_scaling '{"factor":2.0,"type":"yarn"}' --vllm_max_model_len 65536"#,
      on: CommandCase.qwen3)
    let served = try #require(try deploy.effective().first)
    #expect(
      served.runtime == "vllm" && served.servedLength == 65536 && served.number("max_position_embeddings") == 81920)
  }

  @Test func nemoFormats() throws {
    let rl = try read(
      """
      policy:
        model_name: Qwen/Qwen2.5-7B-Instruct
        max_total_sequence_length: 131072
        megatron_cfg: {enabled: true}
        hf_config_overrides:
          rope_parameters: {rope_type: yarn, rope_theta: 1000000, factor: 4.0, original_max_position_embeddings: 32768}
        generation: {backend: vllm, max_new_tokens: 32768, vllm_cfg: {max_model_len: "${policy.max_total_sequence_length}"}}
      """, "grpo.yaml")
    #expect(rl.map(\.role) == ["trainer", "rollout"])
    #expect(rl[0].kinds == ["option-refused"] && rl[0].trainingLength == 131_072 && rl[0].runtime == "megatron")
    #expect(rl[1].servedLength == 131_072 && rl[1].number("rope_parameters", "factor") == 4)
    let automodel = try read(
      """
      recipe: TrainFinetuneRecipeForNextTokenPrediction
      model:
        _target_: nemo_automodel.NeMoAutoModelForCausalLM.from_pretrained
        pretrained_model_name_or_path: Qwen/Qwen2.5-7B
        rope_scaling: {rope_type: yarn, factor: 4.0, original_max_position_embeddings: 32768}
        max_position_embeddings: 131072
      dataset: {seq_length: 65536}
      step_scheduler: {global_batch_size: 64}
      """, "auto.yaml")
    #expect(
      automodel.first?.number("max_position_embeddings") == 131_072 && automodel.first?.value("rope_theta") == nil)
    #expect(automodel.first?.trainingLength == 65536)
    let bridge = try read(
      """
      from megatron.bridge.recipes.qwen import qwen3_600m_sft_yarn_128k_config
      cfg = qwen3_600m_sft_yarn_128k_config()
      cfg.model.seq_length = 131072
      cfg.model.yarn_original_max_position_embeddings = 32768
      cfg.model.yarn_rotary_scaling_factor = 4.0
      """, "recipe.py")
    #expect(bridge.first?.number("rope_scaling", "factor") == 4 && bridge.first?.trainingLength == 131_072)
  }

  @Test func unslothStretchesByItself() throws {
    let code = """
      from unsloth import FastLanguageModel
      max_seq_length = 65536
      model, tokenizer = FastLanguageModel.from_pretrained(
          model_name="unsloth/Qwen2.5-7B-Instruct-bnb-4bit", max_seq_length=max_seq_length, dtype=None, load_in_4bit=True)
      """
    let effective = try #require(try read(code, "train.py").first)
    #expect(effective.command.modelReference == "unsloth/Qwen2.5-7B-Instruct-bnb-4bit")
    #expect(
      effective.value("rope_scaling", "rope_type")?.string == "linear"
        && effective.number("rope_scaling", "factor") == 2)
    let dropped = try #require(try read(code, "train.py", on: CommandCase.llama31, "2026.5.2").first)
    #expect(dropped.kinds == ["scaling-ignored"] && dropped.value("rope_scaling", "rope_type")?.string == "default")
  }

  @Test func registriesIgnoreTheConfiguration() throws {
    let toml = """
      [job]
      dump_folder = "./outputs"
      [model]
      name = "deepseek_v3"
      flavor = "16B"
      [training]
      seq_len = 4096
      """
    let off = try #require(try read(toml, "train.toml", on: nil).first)
    #expect(
      off.kinds == ["scaling-off"] && off.value("rope_scaling") == nil && off.isFragment && off.trainingLength == 4096)
    let later = try #require(try read(toml, "train.toml", on: nil, "2026.9.1").first)
    #expect(later.number("rope_scaling", "factor") == 40 && later.findings.isEmpty)
    let tune = try read(
      """
      model:
        _component_: torchtune.models.qwen2_5.qwen2_5_7b_instruct
      tokenizer:
        _component_: torchtune.models.qwen2_5.qwen2_5_tokenizer
        max_seq_len: 65536
      """, "tune.yaml")
    #expect(tune.first?.kinds == ["option-refused"])
  }

  @Test func megatronArguments() throws {
    let effective = try #require(
      try read(
        """
        torchrun --nproc_per_node 8 pretrain_gpt.py \\
          --load ./hf --seq-length 131072 --max-position-embeddings 131072 \\
          --position-embedding-type yarn --rotary-base 1000000 \\
          --yarn-original-max-position-embeddings 40960 --rotary-scaling-factor 3.2 \\
          --yarn-beta-fast 32 --yarn-beta-slow 1 --mscale 1.0 --mscale-all-dim 1.0 --bf16
        """, "run.sh", on: CommandCase.qwen3
      ).first)
    #expect(effective.number("rope_scaling", "original_max_position_embeddings") == 40960)
    #expect(effective.number("rope_scaling", "factor") == 3.2 && effective.number("max_position_embeddings") == 131_072)
    #expect(effective.findings.isEmpty && effective.runtime == "megatron")
    let array = try #require(
      try read(
        "GPT_MODEL_ARGS=( --num-layers 36 --seq-length 8192 --max-position-embeddings 4096\n --position-embedding-type rope --rotary-base 500000 --use-rope-scaling )",
        "args.sh", on: CommandCase.qwen3
      ).first)
    #expect(array.kinds == ["option-refused"] && array.number("rope_scaling", "factor") == 8)
  }

  @Test func containers() throws {
    let compose = try CommandCase(
      """
      services:
        vllm:
          image: vllm/vllm-openai:v0.15.0
          environment: ["HF_TOKEN=${HF_TOKEN}", VLLM_ALLOW_LONG_MAX_MODEL_LEN=1]
          command: >
            --model Qwen/Qwen2.5-32B-Instruct
            --max-model-len 131072
            --hf-overrides '{"rope_parameters":{"rope_type":"yarn","factor":4.0,"rope_theta":1000000}}'
        llama:
          image: ghcr.io/ggml-org/llama.cpp:server-cuda
          environment: {LLAMA_ARG_MODEL: /models/q.gguf, LLAMA_ARG_CTX_SIZE: 32768}
      """, name: "docker-compose.yml", on: Self.qwen25)
    #expect(compose.commands.map(\.format.name) == ["vllm", "llama.cpp"])
    let served = try #require(try compose.effective().first)
    #expect(served.runtimeText == "vllm@0.15.0" && served.servedLength == 131_072)
    let factor = try #require(served.value("rope_parameters", "factor"))
    #expect(served.written(factor) == "4.0" && compose.source.place(of: factor.bytes.lowerBound).line == 8)
    #expect(compose.commands[0].option("vllm_allow_long_max_model_len")?.isOn == true)
    #expect(compose.commands[1].option(.servedLength)?.length == 32768)
    let pods = try CommandCase(
      """
      apiVersion: v1
      kind: ConfigMap
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: qwen3}
      spec:
        template:
          spec:
            containers:
            - name: vllm
              image: vllm/vllm-openai:v0.12.0
              command: ["/bin/sh", "-c"]
              args: ["vllm serve Qwen/Qwen3-8B --max-model-len=65536"]
      """, name: "deploy.yaml")
    #expect(pods.commands.first?.container == "Deployment/qwen3 container vllm")
    #expect(
      pods.commands.first?.modelReference == "Qwen/Qwen3-8B"
        && pods.commands.first?.option(.servedLength)?.length == 65536)
    let swap = try CommandCase(
      """
      macros: {srv: "/opt/llama-server --port ${PORT} -ngl 99"}
      models:
        qwen3-14b-128k:
          cmd: |
            ${srv} -m /models/Qwen3-14B-Q5_K_M.gguf
            -c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768
      """, name: "config.yaml", on: CommandCase.qwen3)
    #expect(try swap.effective().first?.number("rope_scaling", "factor") == 4)
  }

  @Test func modelfilesAndPresets() throws {
    let file = try CommandCase(
      "FROM qwen2.5:14b\nPARAMETER num_ctx 131072\nSYSTEM You answer briefly.\n", name: "Modelfile", on: Self.qwen25)
    let effective = try #require(try file.effective().first)
    #expect(
      effective.kinds == ["window-cut"] && effective.servedLength == 32768
        && file.commands[0].modelReference == "qwen2.5:14b")
    let presets = try CommandCase(
      "[*]\nn-gpu-layers = 99\n[long]\nmodel = /m/q.gguf\nc = 131072\nrope-scaling = yarn\nrope-scale = 4\nyarn-orig-ctx = 32768\n",
      name: "presets.ini", on: CommandCase.qwen3)
    #expect(presets.commands.map(\.container) == ["long"])
    #expect(try presets.effective().first?.number("rope_scaling", "factor") == 4)
  }

  @Test func linesOfOldTools() throws {
    let line = try CommandCase(
      #"--rope_scaling="{'alpha_value':4}" --max_seq_len=8192 --max_new_tokens=8192"#, hint: "exllama", on: Self.qwen25)
    let effective = try #require(try line.effective().first)
    #expect(
      effective.servedLength == 8192 && effective.newTokens == 8192 && effective.number("rope_scaling", "factor") == 4)
    let tabby = try CommandCase("max_seq_len: 4096 cache_size: 4096")
    #expect(
      tabby.commands.first?.format.name == "exllama" && tabby.commands.first?.option(.servedLength)?.length == 4096)
    let other = try CommandCase("--overrides \"tensor_parallel_shards=1;context_window_size=20000\"")
    #expect(other.commands.first?.format.name == "unknown")
  }
}
