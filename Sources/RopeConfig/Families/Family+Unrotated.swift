extension Family {
  /// Other names of rows: model types with the facts of another.
  static let aliases: [(name: String, original: String)] = [
    ("deepseek_v3_2", "deepseek_v32"), ("kimi_vl_text", "kimi_k2"), ("kimi_k25_text", "kimi_k2"),
    ("deepseek_vl_v2", "deepseek_v2"), ("bailing_moe_v2", "bailing_moe"), ("minimax_m1", "minimax_text_01"),
    ("MiniMaxText01", "minimax_text_01"), ("MiniMaxM1", "minimax_text_01"), ("phi4mm", "phi4_multimodal"),
    ("deci", "nemotron-nas"), ("RefinedWeb", "falcon"), ("RefinedWebModel", "falcon"), ("Dream", "qwen2"),
    ("mimo", "qwen2"), ("ernie4_5_moe_vl", "ernie4_5_vl_moe_text"), ("mimo_v2", "mimo_v2_flash"), ("yi", "llama"),
    ("Yi", "llama"),
  ]

  /// Classes whose files name the model type of another: the type that they mean.
  private static let misnamed = ["Grok1ForCausalLM": "grok"]

  /// The model type that a file means where it names another's; nil where it names its own.
  static func writtenOver(_ type: String?, in declaration: Declaration) -> String? {
    guard type == "git", let name = declaration.root.member("architectures")?.node.elements?.first?.string else {
      return nil
    }
    return misnamed[name]
  }

  /// Model types that no rotary embedding acts in, by what tells positions instead.
  static let unrotatedTypes: [(reason: String, names: [String])] = [
    (
      "learned positions",
      [
        "albert", "bart", "bert", "bert-generation", "big_bird", "bigbird_pegasus", "biogpt", "blenderbot",
        "blenderbot-small", "blip", "blip_text_model", "camembert", "canine", "chinese_clip", "clip",
        "clip_text_model", "clip_vision_model", "convbert", "data2vec-text", "decision_transformer", "deit", "dinov2",
        "distilbert", "dpr", "electra", "ernie", "flaubert", "fnet", "git", "gpt-sw3", "gpt2", "gpt_bigcode", "gpt_neo",
        "ibert", "imagegpt", "layoutlm", "layoutlmv2", "layoutlmv3", "led", "lilt", "longformer", "luke", "lxmert",
        "markuplm", "mbart", "megatron-bert", "metaclip_2", "mobilebert", "mra", "mvp", "nystromformer", "openai-gpt",
        "opt", "perceiver", "plbart", "prophetnet", "reformer", "rembert", "roberta", "roberta-prelayernorm",
        "roc_bert",
        "siglip", "siglip2", "siglip_text_model", "siglip_vision_model", "splinter", "squeezebert", "tapas", "trocr",
        "visual_bert", "vit", "whisper", "xlm", "xlm-roberta", "xlm-roberta-xl", "xmod", "yoso",
      ]
    ),
    (
      "a fixed sinusoid table",
      [
        "ctrl", "fsmt", "m2m_100", "marian", "musicgen", "musicgen_melody", "nllb-moe", "pegasus", "pegasus_x",
        "roformer", "speech_to_text", "xglm",
      ]
    ),
    (
      "ALiBi",
      [
        "bloom", "mpt", "step1",
      ]
    ),
    (
      "relative position biases",
      [
        "beit", "cpmant", "deberta", "deberta-v2", "funnel", "inkling2_loop_text", "inkling2_text", "inkling_text",
        "longt5", "mpnet", "mt5", "pop2piano", "swin", "switch_transformers", "t5", "udop", "umt5", "xlnet",
      ]
    ),
    (
      "no positions: state-space, convolution or recurrent layers carry the order",
      [
        "falcon_mamba", "glm5_next_text", "hubert", "jamba", "kimi_linear", "mamba", "mamba2", "nemotron_h",
        "phi4flash",
        "rwkv",
        "sew", "unispeech", "unispeech-sat", "wav2vec2", "wavlm", "xlstm", "zamba",
      ]
    ),
  ]
}
