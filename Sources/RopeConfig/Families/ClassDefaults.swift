/// What classes put in the place of keys that a file lacks, beyond rotation: sizes, norms, activations, experts.
enum ClassDefaults {
  /// By model type: transformers 5.24.0, `models/*/configuration_*.py`. A flag that is not here is false.
  static let table: [String: [String: ClassValue]] = [
    "llama": [
      "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "mistral": [
      "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 14_336, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "qwen2": [
      "vocab_size": 151_936, "hidden_size": 4096, "intermediate_size": 22_016, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "qwen3": [
      "vocab_size": 151_936, "hidden_size": 4096, "intermediate_size": 22_016, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "gemma3_text": [
      "vocab_size": 262_208, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
      "num_attention_heads": 8, "num_key_value_heads": 4, "hidden_activation": "gelu_pytorch_tanh",
      "rms_norm_eps": 1e-06, "tie_word_embeddings": true, "query_pre_attn_scalar": 256,
    ],
    "phi3": [
      "vocab_size": 32_064, "hidden_size": 3072, "intermediate_size": 8192, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "gpt_neox": [
      "vocab_size": 50_432, "hidden_size": 6144, "num_hidden_layers": 44, "num_attention_heads": 64,
      "intermediate_size": 24_576, "hidden_act": "gelu", "layer_norm_eps": 1e-05, "use_parallel_residual": true,
      "attention_bias": true,
    ],
    "gemma": [
      "vocab_size": 256_000, "hidden_size": 3072, "intermediate_size": 24_576, "num_hidden_layers": 28,
      "num_attention_heads": 16, "num_key_value_heads": 16, "hidden_act": "gelu_pytorch_tanh",
      "rms_norm_eps":
        1e-06, "tie_word_embeddings": true,
    ],
    "gemma2": [
      "vocab_size": 256_000, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
      "num_attention_heads": 8, "num_key_value_heads": 4, "hidden_activation": "gelu_pytorch_tanh",
      "rms_norm_eps": 1e-06, "tie_word_embeddings": true, "query_pre_attn_scalar": 256,
      "final_logit_softcapping": 30.0, "attn_logit_softcapping": 50.0,
    ],
    "gemma4_text": [
      "vocab_size": 262_144, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 30,
      "num_attention_heads": 8, "num_key_value_heads": 4, "hidden_activation": "gelu_pytorch_tanh",
      "rms_norm_eps": 1e-06, "tie_word_embeddings": true, "vocab_size_per_layer_input": 262_144,
      "hidden_size_per_layer_input": 256, "num_kv_shared_layers": 0,
    ],
    "granite": [
      "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-06, "embedding_multiplier": 1.0,
      "logits_scaling": 1.0, "residual_multiplier": 1.0, "attention_multiplier": 1.0,
    ],
    "olmo": [
      "vocab_size": 50_304, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu",
    ],
    "olmo2": [
      "vocab_size": 50_304, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "olmo3": [
      "vocab_size": 50_304, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "glm": [
      "vocab_size": 151_552, "hidden_size": 4096, "intermediate_size": 13_696, "num_hidden_layers": 40,
      "num_attention_heads": 32, "num_key_value_heads": 2, "hidden_act": "silu", "rms_norm_eps": 1.5625e-07,
      "attention_bias": true,
    ],
    "glm4": [
      "vocab_size": 151_552, "hidden_size": 4096, "intermediate_size": 13_696, "num_hidden_layers": 40,
      "num_attention_heads": 32, "num_key_value_heads": 2, "hidden_act": "silu", "rms_norm_eps": 1.5625e-07,
      "attention_bias": true,
    ],
    "smollm3": [
      "vocab_size": 128_256, "hidden_size": 2048, "intermediate_size": 11_008, "num_hidden_layers": 36,
      "num_attention_heads": 16, "num_key_value_heads": 4, "hidden_act": "silu", "rms_norm_eps": 1e-06,
      "tie_word_embeddings": true,
    ],
    "arcee": [
      "vocab_size": 32_000, "hidden_size": 2560, "intermediate_size": 18_432, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "relu2", "rms_norm_eps": 1e-05,
    ],
    "hunyuan_v1_dense": [
      "vocab_size": 290_943, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "seed_oss": [
      "vocab_size": 155_136, "hidden_size": 4096, "intermediate_size": 27_648, "num_hidden_layers": 64,
      "num_attention_heads": 80, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-06,
      "attention_bias": true,
    ],
    "ministral": [
      "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 14_336, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "ministral3": [
      "vocab_size": 131_072, "hidden_size": 4096, "intermediate_size": 14_336, "num_hidden_layers": 34,
      "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "ernie4_5": [
      "vocab_size": 103_424, "hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 18,
      "num_attention_heads": 16, "num_key_value_heads": 2, "hidden_act": "silu", "rms_norm_eps": 1e-05,
      "tie_word_embeddings": true,
    ],
    "starcoder2": [
      "vocab_size": 49_152, "hidden_size": 3072, "intermediate_size": 12_288, "num_hidden_layers": 30,
      "num_attention_heads": 24, "num_key_value_heads": 2, "hidden_act": "gelu_pytorch_tanh",
      "norm_epsilon":
        1e-05, "use_bias": true, "tie_word_embeddings": true,
    ],
    "stablelm": [
      "vocab_size": 50_304, "intermediate_size": 6912, "hidden_size": 2560, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 32, "hidden_act": "silu", "layer_norm_eps": 1e-05,
    ],
    "phi": [
      "vocab_size": 51_200, "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 24,
      "num_attention_heads": 32, "hidden_act": "gelu_new", "layer_norm_eps": 1e-05,
    ],
    "exaone4": [
      "vocab_size": 102_400, "hidden_size": 4096, "intermediate_size": 16_384, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "cohere": [
      "vocab_size": 256_000, "hidden_size": 8192, "intermediate_size": 22_528, "logit_scale": 0.0625,
      "num_hidden_layers": 40, "num_attention_heads": 64, "hidden_act": "silu", "layer_norm_eps": 1e-05,
      "tie_word_embeddings": true,
    ],
    "cohere2": [
      "vocab_size": 256_000, "hidden_size": 8192, "intermediate_size": 22_528, "logit_scale": 0.0625,
      "num_hidden_layers": 40, "num_attention_heads": 64, "hidden_act": "silu", "layer_norm_eps": 1e-05,
      "tie_word_embeddings": true,
    ],
    "falcon": [
      "vocab_size": 65_024, "hidden_size": 4544, "num_hidden_layers": 32, "num_attention_heads": 71,
      "layer_norm_epsilon": 1e-05, "multi_query": true, "parallel_attn": true, "activation": "gelu",
      "tie_word_embeddings": true,
    ],
    "gptj": [
      "vocab_size": 50_400, "n_embd": 4096, "n_layer": 28, "n_head": 16, "activation_function": "gelu_new",
      "layer_norm_epsilon": 1e-05,
    ],
    "gpt2": [
      "vocab_size": 50_257, "n_embd": 768, "n_layer": 12, "n_head": 12, "activation_function": "gelu_new",
      "layer_norm_epsilon": 1e-05, "scale_attn_weights": true, "tie_word_embeddings": true,
    ],
    "nemotron": [
      "vocab_size": 256_000, "hidden_size": 6144, "intermediate_size": 24_576, "num_hidden_layers": 32,
      "num_attention_heads": 48, "hidden_act": "relu2", "norm_eps": 1e-05,
    ],
    "apertus": [
      "vocab_size": 131_072, "hidden_size": 4096, "intermediate_size": 14_336, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "xielu", "rms_norm_eps": 1e-05,
    ],
    "helium": [
      "vocab_size": 48_000, "hidden_size": 2560, "intermediate_size": 7040, "num_hidden_layers": 24,
      "num_attention_heads": 20, "num_key_value_heads": 20, "hidden_act": "silu", "rms_norm_eps": 1e-08,
    ],
    "cwm": [
      "vocab_size": 128_256, "hidden_size": 6144, "intermediate_size": 21_504, "num_hidden_layers": 64,
      "num_attention_heads": 48, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-05,
    ],
    "mixtral": [
      "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 14_336, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-05,
      "num_experts_per_tok": 2, "num_local_experts": 8,
    ],
    "qwen2_moe": [
      "vocab_size": 151_936, "hidden_size": 2048, "intermediate_size": 5632, "num_hidden_layers": 24,
      "num_attention_heads": 16, "num_key_value_heads": 16, "hidden_act": "silu", "rms_norm_eps": 1e-06,
      "decoder_sparse_step": 1, "moe_intermediate_size": 1408, "shared_expert_intermediate_size": 5632,
      "num_experts_per_tok": 4, "num_experts": 60, "qkv_bias": true,
    ],
    "qwen3_moe": [
      "vocab_size": 151_936, "hidden_size": 2048, "intermediate_size": 6144, "num_hidden_layers": 24,
      "num_attention_heads": 32, "num_key_value_heads": 4, "hidden_act": "silu", "rms_norm_eps": 1e-06,
      "decoder_sparse_step": 1, "moe_intermediate_size": 768, "num_experts_per_tok": 8, "num_experts": 128,
    ],
    "olmoe": [
      "vocab_size": 50_304, "hidden_size": 2048, "intermediate_size": 2048, "num_hidden_layers": 16,
      "num_attention_heads": 16, "hidden_act": "silu", "rms_norm_eps": 1e-05, "num_experts_per_tok": 8,
      "num_experts": 64,
    ],
    "glm4_moe": [
      "vocab_size": 151_552, "hidden_size": 4096, "intermediate_size": 10_944, "num_hidden_layers": 46,
      "num_attention_heads": 96, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-05,
      "moe_intermediate_size": 1408, "num_experts_per_tok": 8, "n_shared_experts": 1, "n_routed_experts": 128,
      "routed_scaling_factor": 1.0, "n_group": 1, "topk_group": 1, "first_k_dense_replace": 1,
      "norm_topk_prob":
        true,
    ],
    "minimax_m2": [
      "vocab_size": 200_064, "hidden_size": 3072, "intermediate_size": 1536, "num_hidden_layers": 62,
      "num_attention_heads": 48, "num_key_value_heads": 8, "hidden_act": "silu", "rms_norm_eps": 1e-06,
      "num_experts_per_tok": 8, "num_local_experts": 256,
    ],
    "gpt_oss": [
      "num_hidden_layers": 36, "num_local_experts": 128, "vocab_size": 201_088, "hidden_size": 2880,
      "intermediate_size": 2880, "num_attention_heads": 64, "num_key_value_heads": 8, "hidden_act": "silu",
      "rms_norm_eps": 1e-05, "num_experts_per_tok": 4, "swiglu_alpha": 1.702, "swiglu_limit": 7.0,
      "attention_bias": true,
    ],
    "llama4_text": [
      "vocab_size": 202_048, "hidden_size": 5120, "intermediate_size": 8192, "intermediate_size_mlp": 16_384,
      "num_hidden_layers": 48, "num_attention_heads": 40, "num_key_value_heads": 8, "hidden_act": "silu",
      "rms_norm_eps": 1e-05, "num_experts_per_tok": 1, "num_local_experts": 16, "interleave_moe_layer_step": 1,
      "use_qk_norm": true, "attn_temperature_tuning": true, "floor_scale": 8192, "attn_scale": 0.1,
    ],
    "deepseek_v2": [
      "vocab_size": 102_400, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
      "num_attention_heads": 32, "hidden_act": "silu", "rms_norm_eps": 1e-06, "first_k_dense_replace": 0,
      "kv_lora_rank": 512, "q_lora_rank": 1536, "n_routed_experts": 64, "n_shared_experts": 2,
      "qk_nope_head_dim": 128, "routed_scaling_factor": 1.0, "topk_method": "greedy", "v_head_dim": 128,
      "moe_intermediate_size": 1407,
    ],
    "deepseek_v3": [
      "vocab_size": 129_280, "hidden_size": 7168, "intermediate_size": 18_432, "moe_intermediate_size": 2048,
      "num_hidden_layers": 61, "num_attention_heads": 128, "num_key_value_heads": 128, "n_shared_experts": 1,
      "n_routed_experts": 256, "routed_scaling_factor": 2.5, "kv_lora_rank": 512, "q_lora_rank": 1536,
      "v_head_dim": 128, "qk_nope_head_dim": 128, "n_group": 8, "topk_group": 4, "num_experts_per_tok": 8,
      "first_k_dense_replace": 3, "norm_topk_prob": true, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
    "mistral4": [
      "vocab_size": 131_072, "hidden_size": 4096, "intermediate_size": 12_288, "moe_intermediate_size": 2048,
      "num_hidden_layers": 36, "num_attention_heads": 32, "num_key_value_heads": 32, "n_shared_experts": 1,
      "n_routed_experts": 128, "routed_scaling_factor": 1.0, "kv_lora_rank": 256, "q_lora_rank": 1024,
      "v_head_dim": 128, "qk_nope_head_dim": 64, "n_group": 1, "topk_group": 1, "num_experts_per_tok": 4,
      "first_k_dense_replace": 0, "norm_topk_prob": true, "hidden_act": "silu", "rms_norm_eps": 1e-06,
    ],
  ]
}
