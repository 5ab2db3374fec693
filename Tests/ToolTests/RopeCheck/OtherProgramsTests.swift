import RopeCheck
import RopeText
import Testing

/// Programs and files that were read by nobody, or as another's: each is understood, and told in its own words.
@Suite struct OtherProgramsTests {
  private func findings(_ name: String, _ text: String) -> [Finding] {
    Checker(files: .memory([name: text])).check(paths: [name]).files.flatMap(\.findings)
  }

  /// Lines with the rules that speak above notes, and words of what they say.
  @Test(arguments: [
    (
      "mlc_llm serve HF://mlc-ai/Llama-3-8B-Instruct-q4f16_1-MLC --overrides \"context_window_size=32768;max_num_sequence=4\"",
      "target-exceeds-window", "8,192"
    ),
    (
      "mlc_llm gen_config ./dist/models/Meta-Llama-3-8B-Instruct --quantization q4f16_1 --context-window-size 32768",
      "target-exceeds-window", "8,192"
    ),
    (
      "ovms --rest_port 8000 --source_model OpenVINO/Qwen3-8B-int4-ov --task text_generation --target_device NPU --max_prompt_len 65536",
      "target-exceeds-window", "40,960"
    ),
    (
      "docker run openvino/model_server:latest --source_model OpenVINO/Qwen3-8B-int4-ov --max_prompt_len 65536",
      "target-exceeds-window", "40,960"
    ),
    ("ct2-transformers-converter --model deepseek-ai/DeepSeek-V3 --output_dir x", "command-option-faulty", "“yarn”"),
    (
      "docker model configure --context-size 131072 ai/qwen3:8B-Q4_K_M", "target-exceeds-window",
      "--context-size 131072"
    ),
    (
      "uv run rl --model.name Qwen/Qwen3-8B --seq-len 131072 --inference.vllm.max-model-len 40960",
      "train-serve-mismatch", "131,072"
    ),
    (
      "python -m lightllm.server.api_server --model_dir meta-llama/Meta-Llama-3-8B --max_req_total_len 32768",
      "target-exceeds-window", "8,192"
    ),
    (
      "optimum-cli export neuron --model meta-llama/Meta-Llama-3-8B --sequence_length 32768 --batch_size 1 out/",
      "target-exceeds-window", "8,192"
    ),
    (
      "inference_demo --model-type llama run --model-path /m/Meta-Llama-3-8B --seq-len 32768", "target-exceeds-window",
      "8,192"
    ),
    (
      "python -m QEfficient.cloud.infer --model_name meta-llama/Meta-Llama-3-8B --ctx_len 32768 --prompt_len 128",
      "target-exceeds-window", "8,192"
    ),
    (
      "vllm bench serve --model Qwen/Qwen3-8B --random-input-len 131072 --random-output-len 128", "generation-room",
      "131,072"
    ),
    (
      "python server.py --model Llama-2-13b-chat.Q4_K_M.gguf --loader llama.cpp --ctx-size 16384",
      "target-exceeds-window", "--extra-flags \"--rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 4096\""
    ),
  ])
  func aProgramIsUnderstood(_ line: String, _ rule: String, _ words: String) {
    let found = findings("serve.sh", line + "\n").filter { $0.severity > .note }
    #expect(found.map(\.rule) == [rule], "\(found.map(\.text))")
    #expect(found.first?.text.contains(words) == true, "\(found.map(\.text))")
  }

  /// Lines of which nothing is to be said above notes.
  @Test(arguments: [
    "ct2-transformers-converter --model meta-llama/Llama-3.1-8B-Instruct --output_dir x",
    "python server.py --model Qwen2.5-7B-Instruct-Q4_K_M.gguf --loader llama.cpp --ctx-size 131072 --extra-flags \"--rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768\"",
    "mlc_llm chat HF://mlc-ai/Llama-3-8B-Instruct-q4f16_1-MLC --overrides context_window_size=8192",
  ])
  func whatIsRightIsLeftAlone(_ line: String) {
    let found = findings("serve.sh", line + "\n").filter { $0.severity > .note }
    #expect(found.isEmpty, "\(found.map(\.text))")
  }

  /// Files with the rules that speak above notes.
  @Test(arguments: [
    (
      "config-user.yaml",
      "Llama-2-13b-chat.Q4_K_M.gguf$:\n  loader: llama.cpp\n  ctx_size: 16384\n.*llama.*gguf$:\n  ctx_size: 131072\n",
      ["target-exceeds-window"]
    ),
    (
      "CMD_FLAGS.txt", "--listen --api --model Llama-2-13b-chat.Q4_K_M.gguf --loader llama.cpp --ctx-size 16384\n",
      ["target-exceeds-window"]
    ),
    (
      "ecosystem.config.js",
      "// served by pm2\nmodule.exports = {\n  apps: [{\n    name: 'vllm', script: 'vllm',\n    args: 'serve Qwen/Qwen3-8B --max-model-len 131072', interpreter: 'none',\n    env: { HF_HOME: process.env.HOME + '/hf', },\n  }],\n};\n",
      ["target-exceeds-window"]
    ),
    (
      "processes.yaml",
      "apps:\n  - name: vllm\n    script: vllm\n    args: serve Qwen/Qwen3-8B --max-model-len 131072\n",
      ["target-exceeds-window"]
    ),
    (
      "launch.json",
      #"{"configurations": [{"module": "vllm.entrypoints.openai.api_server", "args": ["--model", "Qwen/Qwen3-8B", "--max-model-len", "131072"]}]}"#,
      ["target-exceeds-window"]
    ),
    (
      "rl.toml",
      "seq_len = 131072\n[model]\nname = \"Qwen/Qwen3-8B\"\n[orchestrator]\nbatch_size = 512\n[inference.vllm]\nmax_model_len = 65536\n",
      ["target-exceeds-window", "train-serve-mismatch"]
    ),
    (
      "ludwig.yaml",
      "model_type: llm\nbase_model: meta-llama/Llama-2-7b-hf\nmodel_parameters:\n  rope_scaling:\n    rope_type: linear\n    factor: 2.0\ninput_features:\n  - name: prompt\n    type: text\npreprocessing:\n  global_max_sequence_length: 16384\n",
      ["command-option-faulty"]
    ),
    (
      "compose.yaml",
      "services:\n  app:\n    image: my/app\n    models: [llm]\nmodels:\n  llm:\n    model: ai/llama3:8B-Q4_K_M\n    context_size: 32768\n",
      ["target-exceeds-window"]
    ),
    (
      "justfile",
      "model := \"Qwen/Qwen3-8B\"\n\nserve len=\"131072\":\n    vllm serve {{model}} --max-model-len {{len}}\n",
      ["target-exceeds-window"]
    ),
    (
      "Taskfile.yml",
      "version: '3'\nvars:\n  MODEL: Qwen/Qwen3-8B\n  LEN: 131072\ntasks:\n  serve:\n    cmds:\n      - vllm serve {{.MODEL}} --max-model-len {{.LEN}}\n",
      ["target-exceeds-window"]
    ),
    (
      "workflow.yml",
      "env:\n  MODEL: Qwen/Qwen3-8B\njobs:\n  test:\n    env:\n      LEN: 131072\n    steps:\n      - run: |\n          vllm serve ${{ env.MODEL }} --max-model-len ${{ env.LEN }} &\n",
      ["target-exceeds-window"]
    ),
    (
      "gitlab-ci.yml",
      "serve:\n  variables:\n    MODEL: Qwen/Qwen3-8B\n  script:\n    - vllm serve $MODEL --max-model-len 131072 &\n",
      ["target-exceeds-window"]
    ),
    (
      "llama.plist",
      "<plist><dict><key>ProgramArguments</key><array><string>/opt/bin/llama-server</string><string>-m</string><string>/m/Meta-Llama-3-8B-Instruct.Q4_K_M.gguf</string><string>-c</string><string>32768</string></array></dict></plist>",
      ["gguf-window-cap"]
    ),
    (
      "llama.py",
      "from llama_index.llms.llama_cpp import LlamaCPP\nllm = LlamaCPP(model_path=\"./Meta-Llama-3-8B-Instruct.Q4_K_M.gguf\", context_window=32768)\n",
      ["gguf-window-cap"]
    ),
    (
      "runtime.py",
      "from sglang import Runtime\nrt = Runtime(model_path=\"meta-llama/Meta-Llama-3-8B\", context_length=32768)\n",
      ["target-exceeds-window"]
    ),
  ])
  func aFileIsUnderstood(_ name: String, _ text: String, _ rules: [String]) {
    let found = findings(name, text).filter { $0.severity > .note }
    #expect(found.map(\.rule).sorted() == rules, "\(found.map(\.text))")
  }

  /// Variables of other shells and of Python's task runners, and models that a resource mounts.
  @Test(arguments: [
    ("a.fish", "set -x MODEL Qwen/Qwen3-8B\nvllm serve $MODEL --max-model-len 131072\n"),
    ("dag.py", "t = BashOperator(task_id='x', bash_command='vllm serve Qwen/Qwen3-8B --max-model-len 131072')\n"),
    (
      "served.yaml",
      """
      apiVersion: serving.kserve.io/v1beta1
      kind: InferenceService
      metadata: {name: q}
      spec: {predictor: {model: {modelFormat: {name: huggingface}, storageUri: "hf://Qwen/Qwen3-8B", args: \
      [--max-model-len=131072]}}}

      """
    ),
    (
      "endpoint.py",
      """
      import sagemaker
      env = {"HF_MODEL_ID": "Qwen/Qwen3-8B", "OPTION_MAX_MODEL_LEN": "131072"}
      m = sagemaker.Model(image_uri="763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.33.0", env=env)

      """
    ),
  ])
  func theModelIsFound(_ name: String, _ text: String) {
    let found = findings(name, text).filter { $0.severity > .note }
    #expect(found.map(\.rule) == ["target-exceeds-window"], "\(found.map(\.text))")
  }

  /// One cause, one advice: not another base beside the one that reaches the length, nor a scaling that the program lacks.
  @Test func koboldcppIsToldOneThing() {
    let base = findings(
      "a.sh", "koboldcpp --model Meta-Llama-3-8B.Q5_K_M.gguf --contextsize 16384 --ropeconfig 1.0 10000\n"
    ).filter { $0.severity > .note }
    #expect(base.map(\.rule) == ["target-exceeds-window"])
    #expect(base.first?.text.contains("--ropeconfig 1.0 1776948") == true)
    let linear = findings(
      "a.sh", "koboldcpp --model Meta-Llama-3-8B.Q5_K_M.gguf --contextsize 32768 --ropeconfig 0.25 500000\n"
    ).filter { $0.severity > .note }
    #expect(linear.map(\.rule) == ["linear-without-finetune"])
    #expect(linear.first?.text.contains("Start it with --contextsize 32768 --ropeconfig 1.0 ") == true)
  }

  /// What is left of an older version's options is told, and what to write instead.
  @Test func goneOptionsOfTextGenerationWebUIAreTold() {
    let line =
      "python server.py --model llama-2-7b-chat.Q4_K_M.gguf --loader llama.cpp --n_ctx 16384 --compress_pos_emb 4\n"
    let found = findings("a.sh", line).filter { $0.rule == "command-option-faulty" || $0.rule == "cli-flag-removed" }
    #expect(found.contains { $0.text.contains("4.1") && $0.text.contains("--extra-flags") }, "\(found.map(\.text))")
  }

  /// A vision model is not the text model whose number it bears, nor one made for length its base.
  @Test(arguments: ["zai-org/GLM-4.6V", "THUDM/LongWriter-glm4-9b"])
  func whatIsAnotherModelIsNotJudged(_ name: String) {
    let found = findings("a.sh", "vllm serve \(name) --max-model-len 300000\n").filter { $0.severity > .note }
    #expect(found.isEmpty, "\(found.map(\.text))")
  }

  /// Facts do not say where a language model stands: the command does.
  @Test func anOverrideTellsWhereTheModelStands() {
    let line = """
      vllm serve mistral-community/pixtral-12b --max-model-len 131072 --hf-overrides \
      '{"text_config": {"max_position_embeddings": 131072}}'
      """
    #expect(findings("a.sh", line + "\n").filter { $0.severity > .note }.map(\.rule) == [])
  }
}
