import RopeConfig
import RopeJSON
import Testing

/// How scripts are read: what a shell hands on, what it loses, what only runs.
@Suite struct CommandsScriptsTests {
  private static let yarn =
    #"{"rope_parameters": {"rope_theta": 1000000, "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}"#

  /// Ways to start the same server.
  @Test(arguments: [
    ("sbatch <<EOF\n#!/bin/bash\nvllm serve $M --max-model-len 131072 --hf-overrides '\(yarn)'\nEOF\n"),
    ("cat > job.sh <<'EOF'\n#!/bin/bash\nvllm serve org/m --max-model-len 131072 --hf-overrides '\(yarn)'\nEOF\nsbatch job.sh\n"),
    ("CMD=\"vllm serve $M --max-model-len 131072\"\nCMD+=\" --hf-overrides '\(yarn.replacing("\"", with: "\\\""))'\"\neval \"$CMD\"\n"),
    ("tmux new-session -d -s v 'vllm serve org/m --max-model-len 131072 --hf-overrides \"\(yarn.replacing("\"", with: "\\\""))\"'\n"),
    ("ssh host \"cd /work && vllm serve $M --max-model-len 131072 --hf-overrides '\(yarn.replacing("\"", with: "\\\""))' &\"\n"),
    ("O=$(cat <<'JSON'\n\(yarn)\nJSON\n)\nvllm serve $M --max-model-len 131072 --hf-overrides \"$O\"\n"),
    (": \"${LEN:=131072}\"\nargs=(--max-model-len \"$LEN\")\nargs+=(--hf-overrides '\(yarn)')\nexec vllm serve \"$M\" \"${args[@]}\"\n"),
    ("LEN=\"$2\"\nvllm serve \"$M\" --max-model-len \"${LEN:-131072}\" --hf-overrides '\(yarn)'\n"),
    ("[ -n \"$1\" ] && M=$1\nif [ -z \"$M\" ]; then M=org/m; fi\nvllm serve ${M:-org/m} --max-model-len 131072 --hf-overrides '\(yarn)'\n"),
  ])
  func theServerIsFound(script: String) throws {
    let line = try CommandCase("M=org/m\n" + script, name: "serve.sh", on: CommandCase.qwen3)
    #expect(line.commands.map(\.modelReference) == ["org/m"])
    let effective = try #require(try line.effective("0.33").first)
    #expect(effective.number("rope_parameters", "factor") == 4 && effective.servedLength == 131_072)
    #expect(effective.findings.isEmpty && !effective.isOpen, "\(effective.kinds)")
  }

  @Test func aLineThatEndsTooEarlyLosesOptions() throws {
    for (name, text, kinds) in [
      ("serve.sh", "vllm serve m \\\n  # --port 1 \\\n  --max-model-len 131072\n", ["option-lost"]),
      ("serve.sh", "vllm serve m \\\n  --port 1\n  --max-model-len 131072\n", ["option-lost"]),
      ("serve.sh", "vllm serve m \\\n  --max-model-len 131072 # long\n", []),
      ("serve.args", "vllm serve m\n--max-model-len 131072\n", []), ("", "vllm serve m\n--max-model-len 131072\n", []),
    ] {
      let effective = try #require(try CommandCase(text, name: name, on: CommandCase.qwen3).effective().first)
      #expect(effective.servedLength == 131_072 && effective.kinds == kinds, "\(name) \(text)")
    }
  }

  @Test func whatBranchesSetIsOpen() throws {
    let both = try CommandCase(
      """
      if [ "$LONG" = 1 ]; then LEN=131072; EXTRA="--hf-overrides {\\"max_position_embeddings\\":131072}"; else LEN=40960; fi
      vllm serve m --max-model-len $LEN $EXTRA
      case $1 in a) N=8192;; b) N=16384;; esac
      vllm serve m --max-model-len $N
      ARGS=(--max-model-len 8192)
      if [ $2 ]; then ARGS+=(--dtype auto); fi
      vllm serve m "${ARGS[@]}"
      """, name: "serve.sh", on: CommandCase.qwen3)
    let effective = try both.effective()
    #expect(effective.map(\.servedLength) == [nil, nil, 8192])
    #expect(effective.map(\.isOpen) == [true, false, false] || effective.map(\.isOpen) == [false, false, false])
  }

  @Test func unknownOverridesLeaveTheReachOpen() throws {
    for text in [
      "vllm serve m --max-model-len 131072 --hf-overrides \"$OVERRIDES\"",
      "vllm serve m --max-model-len 131072 --hf-overrides \"$(cat overrides.json)\"",
    ] {
      #expect(try CommandCase(text, name: "serve.sh", on: CommandCase.qwen3).effective().first?.isOpen == true)
    }
  }

  @Test func environmentReachesInnerShells() throws {
    let line = try CommandCase(
      "export SGLANG_ALLOW_OVERWRITE_LONGER_CONTEXT_LEN=1\nsrun bash -c 'python -m sglang.launch_server --model-path m'\n",
      name: "job.slurm")
    #expect(line.commands.first?.option("sglang_allow_overwrite_longer_context_len")?.isOn == true)
  }

  @Test func otherProgramsAreNotGuessed() throws {
    for text in [
      "candle serve -m Qwen/Qwen2.5-7B-Instruct --max-seq-len 131072",
      "python evaluate.py --model_path m --context_length 131072",
      "openllm serve m --max-model-len 131072", "echo vllm serve m --max-model-len 131072",
    ] {
      #expect(try CommandCase(text + "\n", name: "run.sh").commands.isEmpty, "\(text)")
    }
    let python =
      "from ctransformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained('a', context_length=8192)\n"
    #expect(try CommandCase(python, name: "run.py").commands.isEmpty)
    let script = try CommandCase("torchrun mine.py --model_name m --max_seq_length 262144\n", name: "run.sh")
    #expect(script.commands.map(\.format.name) == ["script"])
    #expect(script.commands.first?.option(.trainLength)?.length == 262_144)
  }

  @Test func slotsShareTheContext() throws {
    for (line, length) in [
      ("llama-server -c 131072 -np 4", 32_768), ("llama-server -c 131072 --parallel 4 --kv-unified", 131_072),
      ("llama-server -c 131072", 131_072), ("LLAMA_ARG_N_PARALLEL=2 llama-server -c 131072", 65_536),
    ] {
      #expect(try CommandCase(line, on: CommandCase.qwen3).effective().first?.servedLength == length, "\(line)")
    }
  }

  @Test func dottedOptionsOfOldReleases() throws {
    let line = try CommandCase(
      "vllm serve m --rope-scaling.rope_type yarn --rope-scaling.factor 4.0 --rope-scaling.original_max_position_embeddings 32768",
      on: CommandCase.qwen3)
    #expect(try line.effective("0.10.0").first?.number("rope_scaling", "factor") == 4)
    #expect(try line.effective("0.33").first?.kinds == ["option-gone"])
  }

  @Test func otherSystemsAreRead() throws {
    for (name, text) in [
      ("run.bat", "@echo off\r\nset M=C:\\models\\q.gguf\r\nllama-server.exe -m %M% ^\r\n  -c 131072\r\n"),
      ("run.ps1", "$m = \"C:\\models\\q.gguf\"\n.\\llama-server.exe `\n  -m $m `\n  -c 131072\n"),
      (
        "l.service",
        "[Service]\nEnvironment=\"LLAMA_ARG_CTX_SIZE=131072\"\nExecStart=/opt/llama-server -m C:/models/q.gguf \\\n  --port 1\n"
      ),
      ("README.md", "Don't:\n```bash\n$ llama-server -m C:/models/q.gguf -c 131072\n```\nIt's fine.\n"),
      ("Makefile", "serve:\n\tllama-server -m C:/models/q.gguf -c 131072\n"),
    ] {
      let line = try CommandCase(text, name: name)
      #expect(line.commands.count == 1 && line.commands.first?.modelReference == "C:/models/q.gguf", "\(name)")
      #expect(try line.effective().first?.servedLength == 131_072, "\(name)")
    }
  }

  @Test func nestedTextsEnd() throws {
    for text in [
      String(repeating: "${A:-", count: 20_000), String(repeating: "$(cat <<", count: 20_000),
      String(repeating: "sbatch <<A\n", count: 20_000), String(repeating: "if a; then B=1\n", count: 20_000),
      String(repeating: "eval 'sh -c ", count: 20_000),
      String(repeating: "eval \"$A\" ", count: 20_000), "$A\n" + String(repeating: "A=\"x$A$A\"\n", count: 60) + "$A",
      "$A\n" + String(repeating: "A+=x\n", count: 20_000) + "$A",
    ] {
      _ = try CommandCase("vllm serve " + text, name: "a.sh")
    }
    _ = try CommandCase("import subprocess\nx = " + String(repeating: "['a' ", count: 20_000), name: "a.py")
  }
}
