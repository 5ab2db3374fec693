job "vllm" {
  group "g" {
    task "t" {
      driver = "docker"
      config {
        image = "vllm/vllm-openai:latest"
        args  = ["--model", "Qwen/Qwen3-8B", "--max-model-len", "131072"]
      }
    }
  }
}
