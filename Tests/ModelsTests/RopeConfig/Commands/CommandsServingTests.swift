import RopeConfig
import RopeJSON
import Testing

/// Commands of servers: what they make of a configuration, release by release.
@Suite struct CommandsServingTests {
  private let yarn = #"{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":32768}"#

  @Test func optionsOfOldReleases() throws {
    let line = try CommandCase("--rope-scaling '\(yarn)' --max-model-len 131072", on: CommandCase.qwen3)
    #expect(line.commands.map(\.format.name) == ["vllm"])
    let old = try #require(try line.effective("0.8.5").first)
    #expect(old.number("rope_scaling", "factor") == 4)
    #expect(old.number("rope_theta") == 1_000_000)
    #expect(old.servedLength == 131_072)
    #expect(old.findings.isEmpty)
    #expect(old.value("rope_scaling", "factor")?.document == 1)
    #expect(old.written(old.value("rope_scaling", "factor")) == "4.0")
    #expect(old.written(old.value("rope_scaling", "rope_type")) == "\"yarn\"")
    let new = try #require(try line.effective("0.33").first)
    #expect(new.value("rope_scaling")?.isNull == true)
    #expect(new.kinds == ["option-gone"])
    let assumed = try #require(try line.effective().first)
    #expect(assumed.runtimeText == "vllm@0.11.0")
    #expect(assumed.number("rope_scaling", "factor") == 4)
    #expect(assumed.kinds == ["option-gone"])
  }

  @Test func dictionaryLosesTheBase() throws {
    let line = try CommandCase(
      #"vllm serve Qwen/Qwen3-14B --max-model-len 128K --hf-overrides '{"rope_parameters": \#(yarn), "max_position_embeddings": 131072, "max_model_len": 131072}'"#,
      on: CommandCase.qwen3)
    #expect(line.commands.first?.modelReference == "Qwen/Qwen3-14B")
    let new = try #require(try line.effective("0.33").first)
    #expect(new.number("rope_parameters", "factor") == 4)
    #expect(new.value("rope_theta") == nil)
    #expect(new.value("rope_scaling") == nil)
    #expect(new.number("max_position_embeddings") == 131_072)
    #expect(new.servedLength == 131_072)
    #expect(new.kinds == ["override-no-effect"])
    #expect(new.notes.contains { $0.contains("rope_theta 1000000") })
  }

  @Test func readingHasOrigins() throws {
    let line = try CommandCase(
      "--hf-overrides '{\"rope_parameters\": {\"rope_theta\": 1000000, \"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32768}}'",
      on: CommandCase.qwen3)
    let effective = try #require(try line.effective("0.33").first)
    let reading = try RuntimeCatalogue.reference.read(effective.declaration)
    #expect(reading.values.contains { $0.origin == .override })
    #expect(reading.layerTypes.first?.scaling?.name == "yarn")
  }

  @Test func nestedOverridesAreMerged() throws {
    let line = try CommandCase(
      #"vllm serve Qwen/Qwen3-VL-8B-Instruct --hf-overrides '{"text_config": {"rope_parameters": \#(yarn)}}' --max-model-len 1000000"#,
      on: CommandCase.qwen3Vision)
    let new = try #require(try line.effective("0.33").first)
    #expect(new.number("rope_scaling", "factor") == 4)
    #expect(new.value("rope_scaling", "mrope_section")?.elements?.count == 3)
    #expect(new.number("rope_theta") == 5_000_000)
    #expect(new.findings.isEmpty)
    #expect(try line.effective("0.10.0").first?.kinds == ["override-breaks-load"])
  }

  @Test func flatOverridesOfVisionModelsReachNothing() throws {
    let line = try CommandCase(
      #"--hf-overrides '{"rope_scaling": \#(yarn)}' --max-model-len 1000000"#, on: CommandCase.qwen3Vision)
    let new = try #require(try line.effective("0.31").first)
    #expect(new.kinds == ["override-wrong-level"])
    #expect(new.number("rope_scaling", "factor") == nil)
    let place = try #require(new.findings.first).place
    #expect(place.line == 1 && place.column == 18)
  }

  @Test func dottedOverrides() throws {
    let line = try CommandCase(
      "vllm serve m --hf-overrides.text_config.max_position_embeddings 1000000 --hf-overrides.text_config.rope_scaling.factor=4.0",
      on: CommandCase.qwen3Vision)
    let new = try #require(try line.effective().first)
    #expect(new.number("max_position_embeddings") == 1_000_000)
    #expect(new.number("rope_scaling", "factor") == 4)
  }

  @Test func themesOfMiddleReleases() throws {
    let scalar = try CommandCase(#"vllm serve m --hf-overrides '{"rope_theta": 4000000}'"#, on: CommandCase.qwen3)
    #expect(try scalar.effective("0.10.0").first?.number("rope_theta") == 4_000_000)
    let five = try #require(try scalar.effective("0.31").first)
    #expect(five.number("rope_theta") == 1_000_000 && five.kinds == ["override-no-effect"])
    let flat = try CommandCase(#"vllm serve m --hf-overrides '{"rope_scaling": \#(yarn)}'"#, on: CommandCase.qwen3)
    #expect(try flat.effective("0.15").first?.kinds == ["override-no-effect"])
    #expect(try flat.effective("0.10.0").first?.number("rope_theta") == 1_000_000)
  }

  @Test func aMissingBraceHasAPlace() throws {
    let line = try CommandCase(
      #"vllm serve m --hf-overrides '{"rope_scaling": {"rope_type": "yarn", "factor": 4.0}'"#, on: CommandCase.qwen3)
    do {
      _ = try line.effective()
      Issue.record("accepted")
    } catch let error as ConfigurationError {
      #expect(error.line == 1 && error.column == 83)
      #expect(error.message.contains("ends inside the object"))
    }
  }

  @Test func pythonDictionariesAreReadAndNamed() throws {
    let line = try CommandCase(
      #"vllm serve m --hf-overrides "{'max_position_embeddings': 65536}""#, on: CommandCase.qwen3)
    let new = try #require(try line.effective().first)
    #expect(new.number("max_position_embeddings") == 65_536)
    #expect(new.kinds == ["not-json"])
  }

  @Test func sglangMergesByRelease() throws {
    let line = try CommandCase(
      #"SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1 python -m sglang.launch_server --model-path Qwen/Qwen3-4B --json-model-override-args '{"rope_scaling":\#(yarn)}' --context-length 131072 --tp 2"#,
      on: CommandCase.qwen3)
    let command = try #require(line.commands.first)
    #expect(command.format.name == "sglang" && command.modelReference == "Qwen/Qwen3-4B")
    #expect(command.option("sglang_allow_overwrite_longer_context_len")?.isOn == true)
    let old = try #require(try line.effective("0.4.9").first)
    #expect(old.number("rope_scaling", "factor") == 4 && old.number("rope_theta") == 1_000_000)
    #expect(old.servedLength == 131_072)
    let middle = try #require(try line.effective("0.5.20").first)
    #expect(middle.value("rope_theta") == nil)
    let new = try #require(try line.effective("0.5.23").first)
    #expect(new.number("rope_theta") == 1_000_000 && new.number("rope_scaling", "factor") == 4)
    let nested = try CommandCase(
      #"python -m sglang.launch_server --model m --json-model-override-args '{"text_config":{"rope_parameters":\#(yarn)}}'"#,
      on: CommandCase.qwen3Vision)
    let lost = try #require(try nested.effective("0.5.23").first)
    #expect(lost.value("rope_theta") == nil && lost.value("rope_parameters", "mrope_section") == nil)
    #expect(lost.number("rope_parameters", "factor") == 4)
    #expect(try nested.effective("0.4.9").first?.kinds == ["override-breaks-load"])
  }

  @Test func llamaCppRecipe() throws {
    let line = try CommandCase(
      "llama-server -c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768", on: CommandCase.qwen3)
    let effective = try #require(try line.effective().first)
    #expect(effective.runtime == "llama.cpp")
    #expect(effective.value("rope_scaling", "rope_type")?.string == "yarn")
    #expect(effective.number("rope_scaling", "factor") == 4)
    #expect(effective.number("rope_scaling", "original_max_position_embeddings") == 32_768)
    #expect(effective.number("max_position_embeddings") == 131_072)
    #expect(effective.number("rope_theta") == 1_000_000)
    #expect(effective.servedLength == 131_072 && effective.findings.isEmpty)
    #expect(effective.written(effective.value("rope_scaling", "original_max_position_embeddings")) == "32768")
  }

  @Test func llamaCppScales() throws {
    func effective(_ line: String, on base: String = CommandCase.qwen3) throws -> EffectiveConfiguration {
      try #require(try CommandCase(line, on: base).effective().first)
    }
    let linear = try effective("llama-cli -m q.gguf --rope-freq-scale 0.25")
    #expect(
      linear.value("rope_scaling", "rope_type")?.string == "linear" && linear.number("rope_scaling", "factor") == 4)
    let off = try effective("llama-cli --rope-scaling none --rope-scale 4")
    #expect(off.value("rope_scaling")?.isNull == true && off.kinds == ["override-no-effect"])
    #expect(try effective("llama-cli --rope-scaling yarn").kinds == ["scale-missing"])
    #expect(try effective("llama-cli --rope-freq-base 4000000").number("rope_theta") == 4_000_000)
    let edited = try effective(
      "llama-server --override-kv qwen3.context_length=int:131072,qwen3.rope.scaling.factor=int:4")
    #expect(edited.number("max_position_embeddings") == 131_072 && edited.kinds == ["wrong-type"])
    #expect(
      try effective("llama-server --rope-scaling linear --rope-scale 2", on: CommandCase.llama31).kinds == [
        "options-beside-factors"
      ])
    let environment = try effective(
      "LLAMA_ARG_CTX_SIZE=65536 LLAMA_ARG_ROPE_SCALING_TYPE=yarn LLAMA_ARG_ROPE_SCALE=2 LLAMA_ARG_YARN_ORIG_CTX=32768 llama-server -hf Qwen/Qwen3-8B-GGUF:Q4_K_M"
    )
    #expect(environment.servedLength == 65_536 && environment.number("max_position_embeddings") == 65_536)
    #expect(environment.command.modelReference == "Qwen/Qwen3-8B-GGUF:Q4_K_M")
  }

  @Test func actorAndRolloutDiffer() throws {
    let line = try CommandCase(
      """
      #!/usr/bin/env bash
      set -euo pipefail
      max_prompt_length=$((1024 * 2))
      python -m verl.trainer.main_ppo \\
          actor_rollout_ref.model.path=Qwen/Qwen3-14B \\
          +actor_rollout_ref.model.override_config.rope_scaling.rope_type=yarn \\
          +actor_rollout_ref.model.override_config.rope_scaling.factor=4.0 \\
          +actor_rollout_ref.model.override_config.rope_scaling.original_max_position_embeddings=40960 \\
          +actor_rollout_ref.model.override_config.max_position_embeddings=131072 \\
          data.max_prompt_length=${max_prompt_length} data.max_response_length=600
      """, name: "train.sh", on: CommandCase.qwen3)
    let both = try line.effective()
    #expect(both.map(\.role) == ["actor", "rollout"])
    #expect(both[0].number("rope_scaling", "original_max_position_embeddings") == 40_960)
    #expect(both[0].number("max_position_embeddings") == 131_072)
    #expect(both[0].kinds == ["override-stops"])
    #expect(both[0].findings.first?.place.line == 6)
    #expect(both[0].promptLength == 2048 && both[0].newTokens == 600)
    #expect(both[1].number("max_position_embeddings") == 40_960 && both[1].runtime == "vllm")
    #expect(both[1].declaration.text.node.member("rope_scaling")?.node.isNull == true)
  }

  @Test func rolloutTakesEngineOverrides() throws {
    let line = try CommandCase(
      "python -m verl.trainer.main_ppo actor_rollout_ref.model.path=/models/q data.max_prompt_length=98304 data.max_response_length=8192 '+actor_rollout_ref.rollout.engine_kwargs.vllm.hf_overrides={rope_parameters: {rope_type: yarn, rope_theta: 1000000, factor: 4.0, original_max_position_embeddings: 32768}}'",
      on: CommandCase.qwen3)
    let rollout = try #require(try line.effective().last)
    #expect(rollout.number("rope_parameters", "factor") == 4 && rollout.findings.isEmpty)
    #expect(rollout.written(rollout.value("rope_parameters", "factor")) == "4.0")
  }

  @Test func variablesAreFollowedOrUnknown() throws {
    let line = try CommandCase(
      """
      MODEL=${1:-Qwen/Qwen2.5-7B-Instruct}
      LEN=131072
      EXTRA=( --gpu-memory-utilization 0.9
              --hf-overrides '{"rope_parameters": {"rope_type": "yarn", "factor": 2.0, "rope_theta": 1e6}}' )  # long
      vllm serve "$MODEL" --max-model-len $LEN "${EXTRA[@]}" --port $PORT > logs/vllm.log 2>&1 &
      llama-server -m $GGUF -c $CTX
      """, name: "serve.sh", on: CommandCase.qwen3)
    #expect(line.commands.map(\.format.name) == ["vllm", "llama.cpp"])
    let served = try #require(try line.commands[0].effective(on: line.base).first)
    #expect(served.servedLength == 131_072 && served.number("rope_parameters", "factor") == 2)
    let factor = try #require(served.value("rope_parameters", "factor"))
    #expect(line.source.place(of: factor.bytes.lowerBound).line == 4)
    #expect(line.commands[1].option(.model)?.isUnknown == true)
    #expect(line.commands[1].modelReference == nil && line.commands[1].option(.servedLength)?.length == nil)
  }

  @Test func launchersAndContainersAreSkipped() throws {
    for line in [
      "CUDA_VISIBLE_DEVICES=0 nohup srun --gres=gpu:4 apptainer exec --nv vllm.sif vllm serve org/m --max-model-len 32768 &",
      "docker run --gpus all -p 8000:8000 vllm/vllm-openai:v0.12.0 --model org/m --max-model-len=32768",
      "bash -c \"vllm serve org/m --max-model-len 32768\"",
      "cd /app && uv run --with vllm python3 -m vllm.entrypoints.openai.api_server --max_model_len 32768 --model org/m | tee log",
    ] {
      let read = try CommandCase(line)
      let command = try #require(read.commands.first, "\(line)")
      #expect(command.modelReference == "org/m" && command.option(.servedLength)?.length == 32_768, "\(line)")
    }
    #expect(try CommandCase("docker run vllm/vllm-openai:v0.12.0 --model m").commands.first?.version == "0.12.0")
    #expect(try CommandCase("pip install vllm==0.8.5\nvllm serve m").commands.first?.version == "0.8.5")
    #expect(try CommandCase("vllm serve m --max-model-len 32k").commands.first?.option(.servedLength)?.length == 32_000)
    #expect(try CommandCase("python setup.py build", name: "build.sh").commands.isEmpty)
  }

  @Test func serverFiles() throws {
    let file = try CommandCase(
      """
      model: Qwen/Qwen2.5-72B-Instruct-AWQ
      max-model-len: 131072
      tensor-parallel-size: 4
      hf-overrides:
        rope_parameters: {rope_type: yarn, factor: 4.0, rope_theta: 1000000, original_max_position_embeddings: 32768}
      """, name: "serve.yaml", on: CommandCase.qwen3)
    let effective = try #require(try file.effective().first)
    #expect(effective.command.format.name == "vllm" && effective.servedLength == 131_072)
    #expect(effective.number("rope_parameters", "factor") == 4 && effective.findings.isEmpty)
    let text = try CommandCase(
      """
      model-path: Qwen/Qwen3-30B-A3B
      context-length: 131072
      json-model-override-args: '{"rope_scaling": {"rope_type": "yarn", "factor": 4.0}, "max_position_embeddings": 131072}'
      """, name: "sglang.yml", on: CommandCase.qwen3)
    let sglang = try #require(try text.effective().first)
    #expect(sglang.number("rope_scaling", "factor") == 4 && sglang.findings.isEmpty)
    let factor = try #require(sglang.value("rope_scaling", "factor"))
    #expect(text.source.place(of: factor.bytes.lowerBound) == (3, 77))
    #expect(sglang.written(factor) == "4.0")
  }
}
