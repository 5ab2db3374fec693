python -m fastdeploy.entrypoints.openai.api_server --model zai-org/GLM-4.6 --max-model-len 262144 --port 8908 --tensor-parallel-size 8
