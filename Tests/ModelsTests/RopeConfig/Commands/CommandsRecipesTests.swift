import RopeConfig
import RopeJSON
import Testing

/// Engines that another program starts: an evaluation, a chart, a task, an image, a call in Python.
@Suite struct CommandsRecipesTests {
  private static let yarn = #"{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":32768}"#
  private static let unified =
    #"{"rope_theta":1000000,"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":32768}"#

  @Test(arguments: [
    (
      "", "0.33",
      "lm_eval --model vllm --model_args 'pretrained=Qwen/Qwen3-14B,max_model_len=131072,hf_overrides={\"rope_parameters\":\(unified)}' --tasks ruler"
    ),
    (
      "values.yaml", "",
      """
      servingEngineSpec:
        modelSpec:
        - name: qwen3
          repository: vllm/vllm-openai
          tag: v0.9.2
          modelURL: Qwen/Qwen3-14B
          vllmConfig:
            maxModelLen: 131072
            extraArgs: ["--rope-scaling", '\(yarn)']
      """
    ),
    (
      "app.py", "",
      """
      import sglang as sgl
      llm = sgl.Engine(model_path="Qwen/Qwen3-14B", context_length=131072,
                       json_model_override_args='{"rope_scaling": \(yarn)}')
      """
    ),
    (
      "start.py", "0.33",
      """
      import subprocess
      subprocess.Popen(["vllm", "serve", "Qwen/Qwen3-14B", "--max-model-len", "131072",
                        "--hf-overrides", '{"rope_parameters": \(unified)}'])
      """
    ),
    (
      "task.yaml", "",
      """
      setup: pip install vllm==0.9.2
      run: |
        vllm serve Qwen/Qwen3-14B --max-model-len 131072 \\
          --rope-scaling '\(yarn)'
      """
    ),
    (
      "serve.yaml", "0.33",
      """
      applications:
      - args:
          llm_configs:
          - model_loading_config: {model_id: q, model_source: Qwen/Qwen3-14B}
            engine_kwargs: {max_model_len: 131072, hf_overrides: {rope_parameters: \(unified)}}
      """
    ),
    (
      "Dockerfile", "",
      """
      FROM vllm/vllm-openai:v0.9.2
      CMD ["--model", "Qwen/Qwen3-14B", "--max-model-len", "131072", \\
           "--rope-scaling", "{\\"rope_type\\":\\"yarn\\",\\"factor\\":4.0,\\"original_max_position_embeddings\\":32768}"]
      """
    ),
  ])
  func theEngineIsFound(file: String, version: String, text: String) throws {
    let line = try CommandCase(text, name: file, on: CommandCase.qwen3)
    #expect(line.commands.count == 1 && line.commands.first?.modelReference == "Qwen/Qwen3-14B")
    let effective = try #require(try line.effective(version.isEmpty ? nil : version).first)
    #expect((effective.number("rope_parameters", "factor") ?? effective.number("rope_scaling", "factor")) == 4)
    #expect(effective.servedLength == 131_072 && effective.findings.isEmpty, "\(effective.kinds)")
  }

  @Test func manifestsOfOtherMakers() throws {
    let kserve = try CommandCase(
      """
      apiVersion: serving.kserve.io/v1beta1
      kind: InferenceService
      metadata: {name: q}
      spec:
        predictor:
          model:
            modelFormat: {name: huggingface}
            args: [--model_name=q, --model_id=org/m, --max-model-len=32768]
      """, name: "isvc.yaml")
    #expect(kserve.commands.map(\.format.name) == ["vllm"] && kserve.commands.first?.modelReference == "org/m")
    // The image's version is KServe's own.
    let container = try CommandCase(
      """
      apiVersion: v1
      kind: Pod
      spec:
        containers:
        - image: kserve/huggingfaceserver:v0.15.2
          args: [--model_id=org/m, --max-model-len=32768]
      """, name: "pod.yaml")
    #expect(container.commands.map(\.title) == ["vLLM command"])
    let chart = try CommandCase(
      """
      image:
        repository: vllm/vllm-openai
        tag: v0.12.0
        command: ["vllm", "serve", "org/m", "--max-model-len", "131072"]
      """, name: "values.yaml")
    #expect(chart.commands.first?.modelReference == "org/m" && chart.commands.first?.version == "0.12.0")
    let task = try CommandCase(
      "envs: {MODEL: org/m}\nrun: |\n  vllm serve $MODEL --max-model-len 8192\n", name: "task.yaml")
    #expect(task.commands.first?.modelReference == "org/m")
    let pod = try CommandCase(
      """
      apiVersion: v1
      kind: Pod
      spec:
        containers:
        - image: vllm/vllm-openai:v0.9.2
          env: [{name: MODEL, value: org/m}, {name: LEN, value: "8192"}]
          args: ["--model", "$(MODEL)", "--max-model-len", "$(LEN)"]
      """, name: "pod.yaml")
    #expect(pod.commands.first?.modelReference == "org/m")
    #expect(pod.commands.first?.option(.servedLength)?.length == 8192)
    let local = "name: q\ncontext_size: 131072\nrope_scaling: yarn\nparameters: {model: q.gguf}\n"
    let command = try #require(try CommandCase(local, name: "localai.yaml").commands.first)
    #expect(command.modelReference == "q.gguf" && command.option(.servedLength)?.length == 131_072)
  }

  @Test func otherListsAndScriptsStartNothing() throws {
    for (file, text) in [
      ("a.py", "import subprocess\nsubprocess.run(['ls', '-l', '/tmp'])\nx = [[1, 2], ['a', 'b']]\n"),
      ("b.yaml", "run: |\n  echo --seed 1\n"), ("Dockerfile", "FROM python:3.12\nRUN pip list\n"),
    ] {
      #expect(try CommandCase(text, name: file).commands.isEmpty, "\(file)")
    }
  }
}
