from lmdeploy import pipeline, TurbomindEngineConfig
backend_config = TurbomindEngineConfig(rope_scaling_factor=2.5, session_len=100000)
pipe = pipeline('internlm/internlm2_5-7b-chat', backend_config=backend_config)
