import RopeConfig
import RopeJSON
import Testing

/// Files and lines in which a program's options stand otherwise than behind its name.
@Suite struct CommandsElsewhereTests {
  /// Makefiles, functions with arguments, loops and requests.
  @Test(arguments: [
    ("Makefile", "M ?= org/m\nLEN := 131072 # long\nserve:\n\t@vllm serve $(M) \\\n\t  --max-model-len ${LEN}\n"),
    ("a.sh", "serve() {\n  local m=$1\n  vllm serve $m --max-model-len ${2:-4096}\n}\nserve org/m 131072\n"),
    ("b.sh", "for L in 4096 131072 8192; do\n  vllm serve org/m --max-model-len $L\ndone\n"),
    ("c.sh", "curl http://localhost:11434/api/chat -d '{\"model\": \"org/m\", \"options\": {\"num_ctx\": 131072}}'\n"),
    (
      "d.py",
      "import requests\nrequests.post('http://localhost:11434/api/chat', json={'model': 'org/m', 'options': {'num_ctx': 131072}})\n"
    ),
    (
      "e.py",
      "from exllamav2 import ExLlamaV2Config\nc = ExLlamaV2Config()\nc.model_dir = 'org/m'\nc.max_seq_len = 131072\n"
    ),
    ("f.yaml", "backend: vllm\nparameters:\n  model: org/m\nmax_model_len: 131072\n"),
  ])
  func theLengthIsFound(name: String, text: String) throws {
    let commands = try CommandCase(text, name: name).commands
    #expect(commands.map(\.modelReference) == ["org/m"], "\(name)")
    #expect(commands.first?.option(.servedLength)?.length == 131_072, "\(name)")
  }

  @Test func aFunctionThatIsNotCalledStands() throws {
    let commands = try CommandCase("serve() {\n  vllm serve $1 --max-model-len 4096\n}\n", name: "a.sh").commands
    #expect(commands.count == 1 && commands.first?.modelReference == nil)
  }

  @Test func localAIHandsItsNumbersOn() throws {
    let text = """
      backend: llama-cpp
      parameters: {model: q.gguf, rope_freq_scale: 0.25, rope_freq_base: 0}
      context_size: 131072
      rope_scaling: yarn
      yarn_orig_ctx: 32768
      """
    let effective = try #require(try CommandCase(text, name: "q.yaml", on: CommandCase.qwen3).effective().first)
    #expect(effective.value("rope_scaling", "rope_type")?.string == "yarn")
    #expect(effective.number("rope_scaling", "factor") == 4 && effective.servedLength == 131_072)
    #expect(effective.findings.contains { $0.kind == "option-no-effect" })
  }

  @Test func exllamasConfigurationInPython() throws {
    let text = """
      from exllamav2 import ExLlamaV2Config
      config = ExLlamaV2Config("org/m")
      config.scale_alpha_value = 6.0
      """
    let effective = try #require(try CommandCase(text, name: "a.py", on: CommandCase.qwen3).effective().first)
    #expect(effective.value("rope_scaling", "rope_type")?.string == "ntk")
    #expect(effective.number("rope_scaling", "factor") == 6)
  }

  /// Trainers that hold the model's sizes: what they make of them.
  @Test func sizesInTheTrainersFile() throws {
    let neox = try #require(
      try CommandCase(
        "{\"seq-length\": 4096, \"max-position-embeddings\": 2048, \"num-attention-heads\": 8, \"hidden-size\": 512, \"pos-emb\": \"rotary\", \"rotary-pct\": 0.25}",
        name: "neox.yml"
      ).effective().first)
    #expect(neox.findings.map(\.kind) == ["length-refused"] && neox.trainingLength == 4096)
    #expect(neox.number("rotary_pct") == 0.25 && neox.value("model_type")?.string == "gpt_neox")
    let nanotron = try #require(
      try CommandCase(
        "model:\n  model_config: {is_llama_config: true, hidden_size: 512, rope_theta: 5000}\ntokens: {sequence_length: 8192}\n",
        name: "n.yaml"
      ).effective().first)
    #expect(nanotron.trainingLength == 8192 && nanotron.number("rope_theta") == 5000)
    let maxText = try #require(
      try CommandCase(
        "python3 -m MaxText.train base.yml model_name=org/m max_target_length=32768 rope_max_timescale=500000 rope_type=llama3.1",
        name: "a.sh", on: CommandCase.qwen3
      ).effective().first)
    #expect(maxText.trainingLength == 32_768 && maxText.number("rope_scaling", "factor") == 8)
    #expect(maxText.number("rope_theta") == 500_000)
  }
}
