from ray.serve.llm import LLMConfig, build_openai_app
llm_config = LLMConfig(
    model_loading_config=dict(model_id="qwen", model_source="Qwen/Qwen2.5-7B-Instruct"),
    engine_kwargs=dict(max_model_len=131072, hf_overrides={"rope_parameters": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "rope_theta": 1000000.0}, "max_position_embeddings": 131072}),
)
app = build_openai_app({"llm_configs": [llm_config]})
