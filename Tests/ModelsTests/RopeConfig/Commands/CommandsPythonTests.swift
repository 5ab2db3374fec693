import RopeConfig
import RopeJSON
import RopeText
import Testing

/// Servers and models that Python starts, in whichever words.
@Suite struct CommandsPythonTests {
  @Test(arguments: [
    ("from vllm import AsyncEngineArgs\nargs = AsyncEngineArgs(model=\"org/m\", max_model_len=131072)\n"),
    ("from vllm import LLM\nkw = dict(max_model_len=131072, seed=1)\nllm = LLM(\"org/m\", **kw)\n"),
    ("import argparse\nfrom vllm import LLM\np.add_argument('-m', '--model', default='org/m')\np.add_argument('--max-model-len', type=int, default=131072)\nargs = p.parse_args()\nllm = LLM(model=args.model, max_model_len=args.max_model_len)\n"),
    ("import subprocess\ncmd = \"vllm serve org/m --max-model-len 131072\"\nsubprocess.run(cmd, shell=True)\n"),
    ("import os\nos.system('python -m vllm.entrypoints.openai.api_server --model org/m --max-model-len 131072')\n"),
    ("import subprocess\nM = 'org/m'\nn = 131072\nsubprocess.Popen(f\"vllm serve {M} --port {port} \"\n  f\"--max-model-len {n}\", shell=True)\n"),
    ("import subprocess\nM = 'org/m'\ncmd = [\"vllm\", \"serve\", M, \"--port\", str(port), \"--max-model-len\", str(131072)]\nsubprocess.Popen(cmd)\n"),
  ])
  func theServerIsFound(text: String) throws {
    let line = try CommandCase(text, name: "serve.py", on: CommandCase.qwen3)
    #expect(line.commands.map(\.modelReference) == ["org/m"])
    #expect(try line.effective().first?.servedLength == 131_072)
  }

  @Test func theBindingOfLlamaCpp() throws {
    let line = try CommandCase(
      """
      from llama_cpp import Llama, LLAMA_ROPE_SCALING_TYPE_YARN
      llm = Llama(model_path="./q.gguf", n_ctx=131072, rope_scaling_type=LLAMA_ROPE_SCALING_TYPE_YARN,
                  rope_freq_scale=0.25, yarn_orig_ctx=32768)
      """, name: "chat.py", on: CommandCase.qwen3)
    let effective = try #require(try line.effective().first)
    #expect(effective.value("rope_scaling", "rope_type")?.string == "yarn")
    #expect(effective.number("rope_scaling", "factor") == 4 && effective.servedLength == 131_072)
  }

  @Test func ollamaIsAsked() throws {
    for text in [
      "from langchain_ollama import ChatOllama\nllm = ChatOllama(model='q', num_ctx=131072)\n",
      "import ollama\nollama.chat(model='q', messages=[], options={'num_ctx': 131072, 'seed': 1})\n",
    ] {
      let command = try #require(try CommandCase(text, name: "a.py").commands.first)
      #expect(command.modelReference == "q" && command.option(.servedLength)?.length == 131_072)
    }
  }

  /// Its command line takes no length, whatever name people give it.
  @Test(arguments: ["--num_ctx", "--num-ctx", "--ctx-size", "--context-length", "--max-model-len"])
  func ollamaTakesNoLengthOption(_ option: String) throws {
    let line = try CommandCase("ollama run qwen2.5:7b \(option) 131072", name: "a.sh", on: CommandCase.qwen3)
    let effective = try #require(try line.effective().first)
    #expect(effective.servedLength == nil)
    let findings = effective.findings.filter { $0.kind == "option-unknown" }
    #expect(findings.count == 1 && Language.english(findings[0].message).contains("PARAMETER num_ctx"), "\(findings)")
  }

  @Test func classesOfTransformersByName() throws {
    let line = try CommandCase(
      """
      from transformers import LlamaForCausalLM, LlamaConfig
      config = LlamaConfig.from_pretrained("org/m")
      config.max_position_embeddings = int(2 * 4096)
      model = LlamaForCausalLM.from_pretrained("org/m", config=config)
      """, name: "a.py", on: CommandCase.llama31)
    #expect(try line.effective().first?.number("max_position_embeddings") == 8192)
  }

  @Test func theEnvironmentIsSetInPython() throws {
    let line = try CommandCase(
      "import os\nos.environ['VLLM_ALLOW_LONG_MAX_MODEL_LEN'] = '1'\nimport vllm\nllm = vllm.LLM(model='m')\n",
      name: "a.py")
    #expect(line.commands.first?.option("vllm_allow_long_max_model_len")?.isOn == true)
  }

  @Test func notebooksRunScripts() throws {
    let line = try CommandCase(
      #"{"cells":[{"cell_type":"code","source":["!vllm serve org/m --max-model-len \\\n","  131072 &\n"]},{"cell_type":"code","source":["%%bash\n","llama-server -m q.gguf -c 4096\n"]}]}"#,
      name: "a.ipynb")
    #expect(line.commands.map(\.modelReference) == ["org/m", "q.gguf"])
    #expect(line.commands.first?.option(.servedLength)?.length == 131_072)
  }

  @Test func whatIsToldStartsNothing() throws {
    let line = try CommandCase(
      "\"\"\"Usage: vllm serve m --max-model-len 4\"\"\"\nimport subprocess\nprint(\"vllm serve m --max-model-len 4\")\n",
      name: "a.py")
    #expect(line.commands.isEmpty)
  }
}
