/// The one list of presets. Each carries the keys of a published configuration, nothing filled in, and cites it.
public enum ModelPresets {
  public static let all: [ModelPreset] = [
    ModelPreset(
      name: "llama-2-7b",
      source: "arXiv 2307.09288 (Llama 2), table 1 and §2.2",
      configuration: """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
        "num_hidden_layers": 32, "max_position_embeddings": 4096, "rope_theta": 10000.0}
        """),
    ModelPreset(
      name: "llama-3-8b",
      source: "arXiv 2407.21783 (Llama 3), table 3 and §3.4.1",
      configuration: """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
        "num_hidden_layers": 32, "max_position_embeddings": 8192, "rope_theta": 500000.0}
        """),
    ModelPreset(
      name: "qwen2.5-7b",
      source: "inference-sim/inference-sim@f90a1e3a model_configs/qwen2.5-7b-instruct/config.json",
      configuration: """
        {"hidden_size": 3584, "max_position_embeddings": 32768, "model_type": "qwen2",
        "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
        "rope_theta": 1000000.0, "sliding_window": 131072, "use_sliding_window": false,
        "vocab_size": 152064}
        """),
    ModelPreset(
      name: "qwen2.5-14b-1m",
      source: "docs page hub:Qwen/Qwen2.5-14B-Instruct-1M/blob/d5c878c4/config.json",
      configuration: """
        {"model_type": "qwen2", "hidden_size": 5120, "num_attention_heads": 40, "num_key_value_heads": 8,
        "num_hidden_layers": 48, "vocab_size": 152064, "max_position_embeddings": 1010000,
        "rope_theta": 10000000.0, "sliding_window": 1010000, "use_sliding_window": false,
        "dual_chunk_attention_config": {"chunk_size": 262144, "local_size": 8192,
        "original_max_position_embeddings": 262144}}
        """),
    ModelPreset(
      name: "qwen3-30b-a3b",
      source: "inference-sim/inference-sim@f90a1e3a model_configs/qwen3-30b-a3b/config.json",
      configuration: """
        {"head_dim": 128, "hidden_size": 2048, "max_position_embeddings": 40960, "model_type": "qwen3_moe",
        "num_attention_heads": 32, "num_hidden_layers": 48, "num_key_value_heads": 4,
        "rope_theta": 1000000.0, "use_sliding_window": false, "vocab_size": 151936}
        """),
    ModelPreset(
      name: "llama-3.1-8b",
      source: "docs page hub:stan-hua/Llama-3.1-8B-Instruct-LC-SmoothQuant-RTN-W4A16/blob/cde6551f/config.json",
      configuration: """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
        "num_hidden_layers": 32, "vocab_size": 128256, "rope_scaling": {"factor": 8.0,
        "high_freq_factor": 4.0, "low_freq_factor": 1.0, "original_max_position_embeddings": 8192,
        "rope_type": "llama3"}, "head_dim": 128, "max_position_embeddings": 131072,
        "rope_theta": 500000.0}
        """),
    ModelPreset(
      name: "llama-3.1-70b",
      source: "inference-sim/inference-sim@f90a1e3a model_configs/llama-3.1-70b-instruct/config.json",
      configuration: """
        {"hidden_size": 8192, "max_position_embeddings": 131072, "model_type": "llama",
        "num_attention_heads": 64, "num_hidden_layers": 80, "num_key_value_heads": 8,
        "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192, "rope_type": "llama3"}, "rope_theta": 500000.0,
        "vocab_size": 128256}
        """),
    ModelPreset(
      name: "codellama-7b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"codellama_7b\"]",
      configuration: """
        {"hidden_size": 4096, "max_position_embeddings": 16384, "model_type": "llama",
        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
        "rope_theta": 1000000, "vocab_size": 32016}
        """),
    ModelPreset(
      name: "tinyllama-1.1b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"tinyllama_1b_chat_v1.0\"]",
      configuration: """
        {"hidden_size": 2048, "max_position_embeddings": 2048, "model_type": "llama",
        "num_attention_heads": 32, "num_hidden_layers": 22, "num_key_value_heads": 4,
        "rope_theta": 10000.0, "vocab_size": 32000}
        """),
    ModelPreset(
      name: "yarn-llama-2-7b-64k",
      source: "docs page hub:NousResearch/Yarn-Llama-2-7b-64k/blob/08491431/config.json",
      configuration: """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
        "num_hidden_layers": 32, "vocab_size": 32000, "max_position_embeddings": 65536,
        "rope_scaling": {"factor": 16.0, "original_max_position_embeddings": 4096, "type": "yarn",
        "finetuned": true}}
        """),
    ModelPreset(
      name: "yarn-mistral-7b-128k",
      source: "docs page of a copy (_name_or_path NousResearch/Yarn-Mistral-7b-128k): hub:evilfreelancer/PavelGPT-7B-128K-v0.1-LoRA/blame/aba5050e/config.json",
      configuration: """
        {"model_type": "mistral", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
        "num_hidden_layers": 32, "vocab_size": 32000, "rope_theta": 10000.0,
        "max_position_embeddings": 32768, "rope_scaling": {"factor": 16.0, "finetuned": true,
        "original_max_position_embeddings": 8192, "type": "yarn"}, "sliding_window": 131072}
        """),
    ModelPreset(
      name: "mistral-7b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"mistral_7b\"]",
      configuration: """
        {"hidden_size": 4096, "max_position_embeddings": 32768, "model_type": "mistral",
        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
        "rope_theta": 10000.0, "vocab_size": 32000}
        """),
    ModelPreset(
      name: "ministral-3-3b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"ministral3_3b_2512\"]",
      configuration: """
        {"model_type": "ministral3", "text_config": {"head_dim": 128, "hidden_size": 3072,
        "max_position_embeddings": 262144, "model_type": "ministral3", "num_attention_heads": 32,
        "num_hidden_layers": 26, "num_key_value_heads": 8, "rope_parameters": {"beta_fast": 32.0,
        "beta_slow": 1.0, "factor": 16.0, "llama_4_scaling_beta": 0.1, "mscale": 1.0,
        "mscale_all_dim": 1.0, "original_max_position_embeddings": 16384, "rope_theta": 1000000.0,
        "rope_type": "yarn", "type": "yarn"}, "vocab_size": 131072}}
        """),
    ModelPreset(
      name: "phi-3.5-mini",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"phi-3_5\"]",
      configuration: """
        {"hidden_size": 3072, "max_position_embeddings": 131072, "model_type": "phi3",
        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
        "original_max_position_embeddings": 4096, "rope_scaling": {"long_factor": [1.0800000429153442,
        1.1100000143051147, 1.1399999856948853, 1.340000033378601, 1.5899999141693115, 1.600000023841858,
        1.6200000047683716, 2.620000123977661, 3.2300000190734863, 3.2300000190734863, 4.789999961853027,
        7.400000095367432, 7.700000286102295, 9.09000015258789, 12.199999809265137, 17.670000076293945,
        24.46000099182129, 28.57000160217285, 30.420001983642578, 30.840002059936523, 32.590003967285156,
        32.93000411987305, 42.320003509521484, 44.96000289916992, 50.340003967285156, 50.45000457763672,
        57.55000305175781, 57.93000411987305, 58.21000289916992, 60.1400032043457, 62.61000442504883,
        62.62000274658203, 62.71000289916992, 63.1400032043457, 63.1400032043457, 63.77000427246094,
        63.93000411987305, 63.96000289916992, 63.970001220703125, 64.02999877929688, 64.06999969482422,
        64.08000183105469, 64.12000274658203, 64.41000366210938, 64.4800033569336, 64.51000213623047,
        64.52999877929688, 64.83999633789062], "short_factor": [1.0, 1.0199999809265137,
        1.0299999713897705, 1.0299999713897705, 1.0499999523162842, 1.0499999523162842, 1.0499999523162842,
        1.0499999523162842, 1.0499999523162842, 1.0699999332427979, 1.0999999046325684, 1.1099998950958252,
        1.1599998474121094, 1.1599998474121094, 1.1699998378753662, 1.2899998426437378, 1.339999794960022,
        1.679999828338623, 1.7899998426437378, 1.8199998140335083, 1.8499997854232788, 1.8799997568130493,
        1.9099997282028198, 1.9399996995925903, 1.9899996519088745, 2.0199997425079346, 2.0199997425079346,
        2.0199997425079346, 2.0199997425079346, 2.0199997425079346, 2.0199997425079346, 2.0299997329711914,
        2.0299997329711914, 2.0299997329711914, 2.0299997329711914, 2.0299997329711914, 2.0299997329711914,
        2.0299997329711914, 2.0299997329711914, 2.0299997329711914, 2.0799996852874756, 2.0899996757507324,
        2.189999580383301, 2.2199995517730713, 2.5899994373321533, 2.729999542236328, 2.749999523162842,
        2.8399994373321533], "type": "longrope"}, "rope_theta": 10000.0, "sliding_window": 262144,
        "vocab_size": 32064}
        """),
    ModelPreset(
      name: "phi-4-mini",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"phi-4\"]",
      configuration: """
        {"hidden_size": 3072, "max_position_embeddings": 131072, "model_type": "phi3",
        "num_attention_heads": 24, "num_hidden_layers": 32, "num_key_value_heads": 8,
        "original_max_position_embeddings": 4096, "partial_rotary_factor": 0.75,
        "rope_scaling": {"long_factor": [1, 1.118320672, 1.250641126, 1.398617824, 1.564103225, 1.74916897,
        1.956131817, 2.187582649, 2.446418898, 2.735880826, 3.059592084, 3.421605075, 3.826451687,
        4.279200023, 4.785517845, 5.351743533, 5.984965424, 6.693110555, 7.485043894, 8.370679318,
        9.36110372, 10.4687158, 11.70738129, 13.09260651, 14.64173252, 16.37415215, 18.31155283,
        20.47818807, 22.90118105, 25.61086418, 28.64115884, 32.03, 32.1, 32.13, 32.23, 32.6, 32.61, 32.64,
        32.66, 32.7, 32.71, 32.93, 32.97, 33.28, 33.49, 33.5, 44.16, 47.77], "short_factor": [1.0, 1.0,
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "type": "longrope"}, "rope_theta": 10000.0,
        "sliding_window": 262144, "vocab_size": 200064}
        """),
    ModelPreset(
      name: "gemma-3-4b",
      source: "docs page hub:YFolla/gemma-3-dnd/blob/main/config.json",
      configuration: """
        {"model_type": "gemma3_text", "hidden_size": 2560, "num_attention_heads": 8,
        "num_key_value_heads": 4, "head_dim": 256, "num_hidden_layers": 34, "vocab_size": 262208,
        "max_position_embeddings": 131072, "rope_local_base_freq": 10000.0, "rope_scaling": {"factor": 8.0,
        "rope_type": "linear"}, "rope_theta": 1000000.0, "sliding_window": 1024,
        "sliding_window_pattern": 6}
        """),
    ModelPreset(
      name: "deepseek-v2-lite",
      source: "inference-sim/inference-sim@f90a1e3a model_configs/deepseek-v2-lite/config.json",
      configuration: """
        {"hidden_size": 2048, "kv_lora_rank": 512, "max_position_embeddings": 163840,
        "model_type": "deepseek_v2", "num_attention_heads": 16, "num_hidden_layers": 27,
        "num_key_value_heads": 16, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
        "rope_scaling": {"beta_fast": 32, "beta_slow": 1, "factor": 40, "mscale": 0.707,
        "mscale_all_dim": 0.707, "original_max_position_embeddings": 4096, "type": "yarn"},
        "rope_theta": 10000, "v_head_dim": 128, "vocab_size": 102400}
        """),
    ModelPreset(
      name: "gpt-oss-20b",
      source: "docs page of a fine-tune: hub:cryptonaut/AltiMind-sft/blob/main/config.json",
      configuration: """
        {"model_type": "gpt_oss", "hidden_size": 2880, "num_attention_heads": 64, "num_key_value_heads": 8,
        "head_dim": 64, "num_hidden_layers": 24, "max_position_embeddings": 131072,
        "layer_types": ["sliding_attention", "full_attention", "sliding_attention", "full_attention",
        "sliding_attention", "full_attention", "sliding_attention", "full_attention", "sliding_attention",
        "full_attention", "sliding_attention", "full_attention", "sliding_attention", "full_attention",
        "sliding_attention", "full_attention", "sliding_attention", "full_attention", "sliding_attention",
        "full_attention", "sliding_attention", "full_attention", "sliding_attention", "full_attention"],
        "rope_scaling": {"beta_fast": 32.0, "beta_slow": 1.0, "factor": 32.0,
        "original_max_position_embeddings": 4096, "rope_type": "yarn", "truncate": false},
        "rope_theta": 150000}
        """),
    ModelPreset(
      name: "smollm2-135m",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"smollm2_135m\"]",
      configuration: """
        {"hidden_size": 576, "max_position_embeddings": 8192, "model_type": "llama",
        "num_attention_heads": 9, "num_hidden_layers": 30, "num_key_value_heads": 3, "rope_theta": 100000,
        "vocab_size": 49152}
        """),
    ModelPreset(
      name: "stablelm-3b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"stablelm\"]",
      configuration: """
        {"hidden_size": 2560, "max_position_embeddings": 4096, "model_type": "stablelm",
        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
        "partial_rotary_factor": 0.25, "rope_theta": 10000, "vocab_size": 50304}
        """),
    ModelPreset(
      name: "pythia-1.4b",
      source: "Lightning-AI/litgpt@26857050 litgpt/config.py name=pythia-1.4b",
      configuration: """
        {"model_type": "gpt_neox", "hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 24,
        "max_position_embeddings": 2048, "rope_theta": 10000, "partial_rotary_factor": 0.25}
        """),
    ModelPreset(
      name: "internlm2.5-7b",
      source: "mlc-ai/mlc-llm@79d603f0 python/mlc_llm/model/model_preset.py[\"internlm2_5_7b\"]",
      configuration: """
        {"hidden_size": 4096, "max_position_embeddings": 32768, "model_type": "internlm2",
        "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
        "rope_scaling": {"type": "dynamic", "factor": 2.0}, "rope_theta": 1000000, "vocab_size": 92544}
        """),
    ModelPreset(
      name: "olmo-3-7b",
      source: "AI-Hypercomputer/maxtext@e591f30cb src/maxtext/configs/models/olmo3-7b.yml",
      configuration: """
        {"hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
        "num_hidden_layers": 32, "head_dim": 128, "rope_theta": 500000, "sliding_window": 4096,
        "max_position_embeddings": 65536, "vocab_size": 100278, "rope_scaling": {"rope_type": "yarn",
        "factor": 8.0, "original_max_position_embeddings": 8192, "beta_fast": 32.0, "beta_slow": 1.0,
        "truncate": true}, "model_type": "olmo3"}
        """),
  ]

  /// The preset of this name, letter case aside.
  public static func named(_ name: String) -> ModelPreset? {
    all.first { $0.name == name.lowercased() }
  }
}
