from opencompass.models import TurboMindModelwithChatTemplate
models = [dict(type=TurboMindModelwithChatTemplate, abbr='internlm2_5-7b-chat-turbomind', path='internlm/internlm2_5-7b-chat', engine_config=dict(session_len=1048576, max_batch_size=1, tp=4), gen_config=dict(top_k=1, max_new_tokens=4096), max_seq_len=1048576, max_out_len=4096, run_cfg=dict(num_gpus=4))]
